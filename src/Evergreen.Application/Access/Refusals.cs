using Evergreen.Domain.Arithmetic;

namespace Evergreen.Application.Access;

/// <summary>Why someone may not enter or do a thing, and why secrets are neither written nor read.</summary>
public static class Refusals
{
    public static Refusal KeysNowhere() =>
        new("keys-nowhere", $"Tax and bank numbers are encrypted with a key that is kept outside the database. Say in which file: set {KeyFile.Variable} to its path; it is created if it is not there.");

    public static Refusal KeysLost(string path) =>
        new("keys-lost", $"The books hold encrypted numbers, but their key file '{path}' is not there. Put it back from its backup; a new key would leave the old numbers unreadable.");

    public static Refusal KeysExposed(string path) => new("keys-exposed", $"Others on this machine may read the key file '{path}'. Close it to them (chmod 600) and see who has read it.");

    public static Refusal KeysDamaged(string path) => new("keys-damaged", $"The key file '{path}' is damaged. Put it back from its backup.");

    public static Refusal PasswordShort(int shortest, int advised) => new("password-short", $"Choose a password of at least {shortest} characters; {advised} or more are better, for instance four words.");
    public static Refusal PasswordLong(int longest) => new("password-long", $"Choose a password of at most {longest} characters.");
    public static Refusal PasswordCommon() => new("password-common", "This password is among the first that a stranger would try. Choose another, for instance four words that have nothing to do with each other.");
    public static Refusal PasswordPersonal() => new("password-personal", "This password is made of your name, your address or the co-op's name. Choose another, for instance four words that have nothing to do with each other.");
    public static Refusal PasswordWrong() => new("password-wrong", "That is not your present password.");

    // One sentence for an unknown address, a wrong password and an account that was ended: who has an account is nobody's business.
    public static Refusal NotEntered() => new("sign-in-failed", "The mail address or the password is not right. Check both and try again.");
    public static Refusal Slowed(int seconds) => new("sign-in-slowed", $"There were several wrong tries. Wait {seconds} {(seconds == 1 ? "second" : "seconds")} and try again.");
    public static Refusal CodeWrong() => new("code-wrong", "The code is not right, or it was used before. Type the code that your authenticator shows now.");
    public static Refusal RecoveryWrong() => new("recovery-code-wrong", "This is not one of your recovery codes, or it was used before.");

    public static Refusal NoAuthenticator() => new("authenticator-missing", "Scan the code with your authenticator first.");
    public static Refusal AuthenticatorThere() => new("authenticator-there", "An authenticator is set up already. Remove it first if you have a new one.");
    public static Refusal PasskeyTaken() => new("passkey-taken", "This passkey is registered already.");
    public static Refusal PasskeyUnknown() => new("passkey-unknown", "This passkey is not known here, or its account was ended. Sign in with your password.");
    public static Refusal SessionUnknown() => new("session-unknown", "There is no such session of yours.");

    public static Refusal PersonUnknown() => new("person-unknown", "There is nobody of that number among the people of this co-op.");
    public static Refusal PersonKnown(string mail) => new("person-known", $"{mail} has an account already. Give the role to that account under People.");
    public static Refusal AccountUnknown(string mail) => new("account-unknown", $"Nobody has an account as '{mail}'. Invite the person instead.");
    public static Refusal PersonElsewhere() => new("person-elsewhere", "This person works for other co-ops too. Withdraw the roles here; an administrator of all co-ops can end the access.");
    public static Refusal MailForm(string mail) => new("mail-form", $"'{mail}' is not a mail address.");
    public static Refusal NameMissing() => new("name-missing", "Give the name by which the others know this person.");
    public static Refusal RoleHeld() => new("role-held", "This person has that role already.");
    public static Refusal GrantUnknown() => new("grant-unknown", "There is no such role in force. It may have been withdrawn already.");
    public static Refusal GrantTooWide() => new("grant-too-wide", "Only an administrator of all co-ops may give or withdraw a role for all co-ops.");
    public static Refusal LastAdministrator() => new("last-administrator", "This is the last administrator. Make someone else an administrator first.");

    public static Refusal InvitationUnknown() => new("invitation-unknown", "This invitation is not known, was used already or has run out. Ask the person who invited you for a new one.");
    public static Refusal MailLinkSpent() => new("mail-link-spent", "This link was used already, or has run out. Ask for a new one.");
    public static Refusal MailConfirmed() => new("mail-confirmed", "Your mail address is confirmed already.");
    public static Refusal SetUpCodeWrong() => new("set-up-code-wrong", "This is not the set-up code. It stands in the console or the log of the program that serves this site, and changes at each start.");
    public static Refusal DatabaseHost() => new("database-host", "Give the server's name alone, as in db.example.org, or localhost for this machine; the port has a field of its own.");
    public static Refusal DatabasePort() => new("database-port", "The port is a number from 1 to 65535; leave it empty for the usual one.");
    public static Refusal DatabaseUnnamed() => new("database-unnamed", "Give the name of the database on that server.");
    public static Refusal DatabaseUser() => new("database-user", "Give the user as whom the site signs in to the server.");
    public static Refusal DatabaseSilent(string host, int port) => new("database-silent", $"No database server answers at {host}, port {port}. See that it runs, that name and port are right, and that nothing in between keeps this machine out.");
    public static Refusal DatabaseLogin(string user) => new("database-login", $"The server does not let '{user}' in with this password.");
    public static Refusal DatabaseAbsent(string name) => new("database-absent", $"There is no database '{name}' on that server. Have it made first, empty.");
    public static Refusal DatabaseTaken(string name) => new("database-taken", $"Something is in '{name}' already. Name an empty database. For books that are there, start the program with --database.");
    public static Refusal DatabaseRights(string user, string name) => new("database-rights", $"'{user}' may not make tables in '{name}'. Have the database made in that user's name, or the right given.");
    public static Refusal DatabaseLine(string host) => new("database-line", $"No encrypted line with a certificate that is right could be made to {host}. Put that right on the server; untick this only for a server on this machine.");
    public static Refusal DatabaseOther(string said) => new("database-other", $"The server said: {said}");
    public static Refusal ChoiceUnreadable(string path) => new("database-choice", $"'{path}' says where the books are kept, and cannot be read: it was changed, or its key file is another one. Put both back from their backup, or name the books with --database.");
    public static Refusal SetUpOver() => new("set-up-over", "This site is set up already.");
    public static Refusal NotADemo() => new("demo-only", "Demo accounts are made only while the site is a demo.");

    public static Refusal OutsideUnknown() => new("outside-unknown", "You are known there, but no account here belongs to you. Ask the co-op's office for an invitation with the same mail address.");
    public static Refusal OutsideMailUnverified() => new("outside-mail-unverified", "The place where you signed in has not checked your mail address, so we cannot tell whose account is meant. Confirm the address there and come back.");
    public static Refusal OutsideMailOpen() => new("outside-mail-open", "There is an account here with your mail address, but nobody has confirmed the address yet. Ask the co-op's office.");
    public static Refusal OutsideInvitedOther(string mail) => new("outside-invited-other", $"The invitation went to {mail}, and you signed in with another address. Sign in there with that one, or ask for an invitation to the one that you use.");
    public static Refusal OutsideNotAnew() => new("outside-not-anew", "What you asked for needs a sign-in of just now, and the other place did not say that you signed in there anew. Sign out there, sign in again and come back; if that does not help, tell whoever runs this site.");
    public static Refusal OutsideFailed() => new("outside-failed", "The sign-in at the other place did not come to an end, or took too long. Nothing was changed; begin again from the sign-in page.");
}
