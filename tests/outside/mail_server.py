"""A real SMTP server for the tests of letters: takes letters and tells each as one line of JSON.

Recipients choose what happens: `later@` is refused for now, `never@` for good, and for `lost@` the letter is taken and the line is cut before the answer.
"""

import email
import email.policy
import json
import sys
import time

from aiosmtpd.controller import Controller


class Handler:
    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("later@"):
            return "451 4.3.2 try again later"
        if address.startswith("never@"):
            return "550 5.1.1 no such person"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        letter = email.message_from_bytes(envelope.content, policy=email.policy.default)
        raw = email.message_from_bytes(envelope.content, policy=email.policy.compat32)
        told = {
            "to": envelope.rcpt_tos,
            "from": envelope.mail_from,
            "subject": str(letter["subject"]),
            "raw_subject": raw["subject"],
            "id": str(letter["message-id"]),
            "text": letter.get_content(),
        }
        print(json.dumps(told), flush=True)
        if envelope.rcpt_tos[0].startswith("lost@"):
            server.transport.abort()
        return "250 2.0.0 taken"


controller = Controller(Handler(), hostname="127.0.0.1", port=int(sys.argv[1]))
controller.start()
print("ready", flush=True)
time.sleep(120)
