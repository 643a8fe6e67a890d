-- Which revision counts with the recipient: while an accepted report is being corrected, that is what was accepted before.
ALTER TABLE reports ADD COLUMN held INTEGER;

UPDATE reports SET held = revision WHERE status IN ('sent', 'accepted');
