"""Drafts go out through a real mail server (aiosmtpd) with STARTTLS, a certificate of its own authority, and a log-in: once, after a
person typed so, and with plain words for whatever goes wrong."""

import json
import logging
import os
import pathlib
import subprocess
import sys
import tempfile
import warnings

import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

# What the server logs of handshakes that fail as they should.
logging.disable(logging.CRITICAL)
warnings.simplefilter("ignore")

FUWAKE, MAIL = sys.argv[1:3]
PASSWORD = "correct horse 電池"
KINDS = "antiphishing-council,anti-spam-center"
COUNCIL, CENTRE = "info@antiphishing.jp", "meiwaku@dekyo.or.jp"


class Taken:
    def __init__(self, refused=()):
        self.mails, self.refused = [], refused

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address in self.refused:
            return "550 5.1.1 no such user\x1b[2J"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.mails.append((session.ssl is not None, session.authenticated, envelope))
        return "250 taken"


class Server(Controller):
    def __init__(self, handler, context, **options):
        self.context, self.options = context, options
        super().__init__(handler, hostname="127.0.0.1", port=0)

    def factory(self):
        def check(server, session, envelope, mechanism, data):
            good = isinstance(data, LoginPassword) and data == LoginPassword(b"csirt", PASSWORD.encode())
            # A server that repeats what it was told.
            told = None if good else f"535 5.7.8 {data.password.decode()} is wrong"
            return AuthResult(success=good, handled=good, message=told)

        login = {"authenticator": check, "auth_required": True} if self.options.get("login", True) else {}
        size = self.options.get("size", 33554432)
        return SMTP(self.handler, tls_context=self.context, require_starttls=False, data_size_limit=size, **login)

    def _trigger_server(self):
        # The port is known only now.
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


class Case:
    """A case in a folder of its own, and what the operator would type."""

    def __init__(self, folder, number):
        self.folder = folder / str(number)
        done = subprocess.run([FUWAKE, "dissect", "--case", self.folder / "cases", MAIL], env=ENVIRONMENT, capture_output=True)
        assert done.returncode == 0, done.stderr
        self.case = next((self.folder / "cases").iterdir())

    def send(self, port, typed, ca=None, password=PASSWORD, extra="", kinds=KINDS, tls="starttls"):
        (self.folder / "config.toml").write_text(
            f"""[publish.reporter]
organisation = "Example CSIRT"
address = "csirt@example.jp"
[publish.smtp]
host = "localhost"
port = {port}
tls = "{tls}"
{f'ca_file = "{ca}"' if ca else ""}
{extra or 'user = "csirt"' + chr(10) + 'password_env = "SMTP_PASSWORD"'}
""",
            encoding="utf-8",
        )
        arguments = [FUWAKE, "publish", self.case, "--as", kinds, "--send", "-o", self.folder / "out"]
        arguments += ["--config", self.folder / "config.toml"]
        done = subprocess.run(
            arguments, input=typed, env=ENVIRONMENT | {"SMTP_PASSWORD": password}, capture_output=True, text=True, encoding="utf-8"
        )
        assert PASSWORD not in done.stdout + done.stderr and "hunter2" not in done.stdout + done.stderr, done.stderr
        assert "\x1b" not in done.stderr, done.stderr
        return done

    def outcomes(self):
        record = self.case / "sent.jsonl"
        lines = record.read_text(encoding="utf-8").splitlines() if record.exists() else []
        return {line["to"]: line["outcome"] for line in map(json.loads, lines)}


ENVIRONMENT = {**os.environ, "XDG_CONFIG_HOME": "/nonexistent", "LC_ALL": "C.UTF-8"}
authority = trustme.CA()
folder = pathlib.Path(tempfile.mkdtemp())
authority.cert_pem.write_to_path(folder / "ca.pem")
CA = folder / "ca.pem"


def context(*names):
    import ssl

    made = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert(*names).configure_cert(made)
    return made


def running(handler, names=("localhost",), **options):
    server = Server(handler, context(*names) if names else None, **options)
    server.start()
    return server


# Typed wrongly, then rightly, then again.
taken = Taken()
server = running(taken)
case = Case(folder, 1)
for typed in ("", "yes\n", "send 1\n", "send 3\n"):
    done = case.send(server.port, typed, CA)
    assert done.returncode and "nothing was sent" in done.stderr and not taken.mails and not case.outcomes(), done.stderr
done = case.send(server.port, "send 2\n", CA)
assert done.returncode == 0, done.stderr
assert [mail.rcpt_tos for _, _, mail in taken.mails] == [[COUNCIL], [CENTRE]]
assert all(secure and known for secure, known, _ in taken.mails), "not encrypted, or not logged in"
assert all(b"X-Unsent" not in mail.content and b"\nMessage-ID: <" in mail.content for _, _, mail in taken.mails)
assert case.outcomes() == {COUNCIL: "sent", CENTRE: "sent"}
done = case.send(server.port, "send 2\n", CA)
assert done.returncode == 0 and "has this case already" in done.stderr and len(taken.mails) == 2, done.stderr

# The program ended between the mail and its note: nobody is sent it again, and that is said.
record = case.case / "sent.jsonl"
record.write_text("".join(line + "\n" for line in record.read_text().splitlines() if '"sending"' in line))
done = case.send(server.port, "send 2\n", CA)
assert "may have this case already" in done.stderr and len(taken.mails) == 2, done.stderr

# The password from a file or a command, never both, and never in the configuration.
for number, (extra, good) in enumerate(
    (
        ("password_file = '{}'", True),
        ("password_command = 'cat {}'", True),
        ("password_command = 'cat {}; false'", False),
        ("password_file = '{}'\npassword_env = 'SMTP_PASSWORD'", False),
        ("password = 'hunter2'", False),
    )
):
    (folder / "password").write_text(f"{PASSWORD}\nother\n", encoding="utf-8")
    case = Case(folder, f"password-{number}")
    before = len(taken.mails)
    done = case.send(server.port, "send 2\n", CA, extra="user = 'csirt'\n" + extra.format(folder / "password"))
    assert (done.returncode == 0) == good and len(taken.mails) - before == (2 if good else 0), done.stderr

# What stops everything, and sends nothing.
case = Case(folder, 2)
before = len(taken.mails)
done = case.send(server.port, "send 2\n", CA, password="hunter2")
assert done.returncode and "does not accept the user name or the password" in done.stderr, done.stderr
done = case.send(server.port, "send 2\n")
assert done.returncode and "could not prove who it is" in done.stderr, done.stderr
server.stop()
done = case.send(server.port, "send 2\n", CA)
assert done.returncode and "cannot be used" in done.stderr, done.stderr
stripped = running(taken, names=None, login=False)
done = case.send(stripped.port, "send 2\n", CA)
assert done.returncode and "STARTTLS" in done.stderr, done.stderr
stripped.stop()
other = running(taken, names=("other.example.jp",))
done = case.send(other.port, "send 2\n", CA)
assert done.returncode and "could not prove who it is" in done.stderr, done.stderr
other.stop()
assert len(taken.mails) == before and not case.outcomes(), case.outcomes()

# One recipient is refused, the other gets it; the refused one can be tried again. A mail that is too large is told so.
strict = Taken(refused=(COUNCIL,))
server = running(strict)
case = Case(folder, 3)
done = case.send(server.port, "send 2\n", CA)
assert done.returncode and f"{COUNCIL} was not sent" in done.stderr and "550" in done.stderr, done.stderr
assert [mail.rcpt_tos for _, _, mail in strict.mails] == [[CENTRE]], strict.mails
assert case.outcomes() == {COUNCIL: "refused", CENTRE: "sent"}
strict.refused = ()
done = case.send(server.port, "send 1\n", CA)
assert done.returncode == 0 and case.outcomes() == {COUNCIL: "sent", CENTRE: "sent"}, done.stderr
server.stop()
small = running(Taken(), size=500)
case = Case(folder, 4)
done = case.send(small.port, "send 2\n", CA)
assert done.returncode and "552" in done.stderr and set(case.outcomes().values()) == {"refused"}, done.stderr
small.stop()
print("sending: sound")
