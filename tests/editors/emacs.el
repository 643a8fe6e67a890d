;;; emacs.el --- the language server in a real Emacs, set up exactly as editor-extension/README.md tells its users to  -*- lexical-binding: t; -*-

;; REGIME_BINARY names the program. Needs Emacs 29, or Emacs 28 with eglot (Debian: emacs-nox and elpa-eglot):
;;   emacs --batch -l tests/editors/emacs.el

(require 'package)
(package-initialize)
(require 'eglot)

(defvar passed 0)
(defvar failed 0)

(defun check (name holds seen)
  "Tells whether NAME holds; SEEN is shown where HOLDS is nil."
  (if holds
      (progn (setq passed (1+ passed)) (princ (format "ok %s\n" name)))
    (setq failed (1+ failed))
    (princ (format "not ok %s: %S\n" name seen))))

(defun waited (done)
  "Waits until DONE gives something, ten seconds at most."
  (let ((turns 0) (found nil))
    (while (and (< turns 100) (not (setq found (funcall done))))
      (accept-process-output nil 0.1)
      (setq turns (1+ turns)))
    found))

(defun documented ()
  "The settings for Emacs as the README has them."
  (with-temp-buffer
    (insert-file-contents "editor-extension/README.md")
    (search-forward "**Emacs**")
    (search-forward "```elisp\n")
    (let ((start (point)))
      (search-forward "\n```")
      (buffer-substring start (match-beginning 0)))))

(let* ((binary (or (getenv "REGIME_BINARY") (error "REGIME_BINARY names the program")))
       (folder (file-name-as-directory (make-temp-file "regime" t)))
       (common (concat folder "common.regime"))
       (eglot-sync-connect 10))
  (add-to-list 'exec-path (file-name-directory (expand-file-name binary)))
  (eval (read (concat "(progn " (documented) ")")) t)
  (with-temp-file common
    (insert "measure ho \"hộ\"\nmeasure ho \"hộ dân\"\nindicator TONG \"Tổng số\" measure ho count flow\n"))
  (find-file common)
  (check "the file has its mode" (eq major-mode 'regime-mode) major-mode)
  ;; `eglot-ensure' waits for the next command, and in a batch there is none.
  (run-hooks 'post-command-hook)
  (check "the server runs" (waited #'eglot-current-server) nil)
  (flymake-mode 1)
  (let ((told (waited (lambda () (flymake-start) (flymake-diagnostics)))))
    (check "a name declared twice is told" (and told (string-match-p "R202" (flymake-diagnostic-text (car told)))) told))
  (goto-char (point-max))
  (insert "indicator HAI \"Hai\" measure ")
  (let ((names (all-completions "" (nth 2 (eglot-completion-at-point)))))
    (check "the measure is offered" (member "ho" (mapcar #'substring-no-properties names)) names))
  (delete-region (line-beginning-position) (point-max))
  (goto-char (point-min))
  (search-forward "TONG")
  (backward-char)
  (eglot-rename "TONG_SO")
  (goto-char (point-min))
  (check "the indicator has its new name" (search-forward "indicator TONG_SO" nil t) (buffer-string))
  (eglot-shutdown (eglot-current-server))
  (set-buffer-modified-p nil)
  (delete-directory folder t)
  (princ (format "# pass %d\n# fail %d\n" passed failed))
  (kill-emacs (if (zerop failed) 0 1)))
