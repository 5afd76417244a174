using Evergreen.Domain.Arithmetic;

namespace Evergreen.Application.Mail;

/// <summary>Why a mail is not queued, or not sent.</summary>
public static class Refusals
{
    public static Refusal AddressUnusable(string address) => new("mail-address", $"'{address}' is no mail address.");
    public static Refusal SubjectUnusable() => new("mail-subject", "A mail needs a subject of one line, up to 200 letters.");
    public static Refusal TextMissing() => new("mail-text", "A mail needs its words as plain text and as HTML.");
    public static Refusal NotTaken(string problem) => new("mail-not-taken", $"The mail did not go out. {problem}");
    public static Refusal KeyUnusable() => new("mail-key", "A mail is queued under a key of up to 100 letters, so that it is sent once.");
    public static Refusal Unknown(int id) => new("mail-unknown", $"There is no mail {id} here.");
    public static Refusal NotFailed(int id) => new("mail-not-failed", $"Mail {id} is sent or on its way, so it is not sent again.");

    public static Refusal ServerUnusable() => new("mail-server-host", "Give the mail server's name alone, as in smtp.example.org: no https:// before it and no port behind it.");
    public static Refusal PortUnusable() => new("mail-server-port", "The port is a number from 1 to 65535; 587 and 465 are usual.");
    public static Refusal PasswordAgain() => new("mail-server-password", "Type the password again: the one that is kept was given for another server, line or user.");
    public static Refusal InTheOpen() => new("mail-server-open", "Over a line that is not encrypted, user and password could be read on the way. Encrypt it, or use a server on this machine.");
    public static Refusal ServerChanged(string by, DateTime at) => new("mail-server-changed", $"{by} changed the mail server on {at:yyyy-MM-dd HH:mm} UTC, after you opened this page. Below is what you typed; set it again if it is to replace that.");
    public static Refusal ServerOfADemo() => new("mail-server-demo", "A demo has no mail server of its own: everyone who knows its password could send mail through it.");
}
