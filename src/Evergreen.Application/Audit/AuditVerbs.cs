namespace Evergreen.Application.Audit;

/// <summary>What the verbs of the trail mean, in words for whoever reads it. The verb itself stays what is stored, filtered by and handed out.</summary>
public static class AuditVerbs
{
    private static readonly Dictionary<string, string> Words = new(StringComparer.Ordinal)
    {
        ["access.app-let-in"] = "Let an app in",
        ["access.app-register"] = "Registered a program or app",
        ["access.app-secret"] = "Gave a program a new secret",
        ["access.app-shut-out"] = "Shut an app out",
        ["access.app-withdraw"] = "Withdrew a program or app",
        ["access.authenticator"] = "Set or removed an authenticator app",
        ["access.connect-keys"] = "Made keys for tokens",
        ["access.demo-staff"] = "Seated the demo's staff",
        ["access.denied"] = "Was denied",
        ["access.disable"] = "Ended an account",
        ["access.enable"] = "Let an account in again",
        ["access.grant"] = "Gave a role",
        ["access.invitation-withdrawn"] = "Withdrew an invitation",
        ["access.invite"] = "Invited a person",
        ["access.join"] = "Took up an invitation",
        ["access.mail-link"] = "Asked for a link by mail",
        ["access.outside-link"] = "Linked an account from outside",
        ["access.passkey"] = "Added or removed a passkey",
        ["access.password"] = "Changed a password",
        ["access.password-link"] = "Made a link for a new password",
        ["access.recovery-code-used"] = "Used a recovery code",
        ["access.recovery-codes"] = "Made recovery codes",
        ["access.second-factor-cleared"] = "Cleared a second factor",
        ["access.second-factor-failed"] = "Gave a wrong code",
        ["access.session-ended"] = "Ended a session",
        ["access.set-up"] = "Set up the site",
        ["access.set-up-books"] = "Chose where the books are kept",
        ["access.set-up-failed"] = "Gave a wrong set-up code",
        ["access.sign-in"] = "Signed in",
        ["access.sign-in-failed"] = "Failed to sign in",
        ["access.withdraw"] = "Took a role away",
        ["co-op.bank-hold"] = "Changed how long new bank details wait",
        ["co-op.create"] = "Founded the co-op's books",
        ["co-op.edit"] = "Changed the co-op's details",
        ["co-op.logo"] = "Changed the logo",
        ["co-op.retention"] = "Changed how long records are kept",
        ["co-op.share-limit"] = "Changed how many shares a person may hold",
        ["co-op.sign-in-by-mail"] = "Changed whether members may enter by mail",
        ["co-op.text"] = "Worded a letter or mail",
        ["department.edit"] = "Changed a department",
        ["dividends.approve"] = "Approved a dividend",
        ["dividends.calculate"] = "Calculated a dividend",
        ["dividends.pay"] = "Noted a dividend as paid",
        ["dividends.policy"] = "Adopted a policy",
        ["dividends.post"] = "Posted a dividend",
        ["dividends.reverse"] = "Reversed a dividend",
        ["dividends.review"] = "Went through a rehearsal",
        ["dividends.scenario"] = "Kept a scenario",
        ["dividends.scenario-drop"] = "Put a scenario aside",
        ["dividends.sign-off"] = "Signed off a finding",
        ["import.check"] = "Checked a file",
        ["import.drop"] = "Threw a file away",
        ["import.map"] = "Chose a file's columns",
        ["import.override"] = "Imported despite its totals",
        ["import.resolve"] = "Matched held rows",
        ["import.upload"] = "Sent a file",
        ["import.withdraw"] = "Withdrew an import",
        ["jobs.cancel"] = "Stopped a job",
        ["jobs.finish"] = "A job ended",
        ["jobs.start"] = "Asked for a job",
        ["mail.again"] = "Sent a mail again",
        ["mail.queue"] = "Queued a mail",
        ["mail.server"] = "Set the mail server",
        ["mail.test"] = "Sent a test mail",
        ["member.class"] = "Recorded a class",
        ["member.consent"] = "Recorded a consent",
        ["member.delivery"] = "Recorded paper or mail",
        ["member.status"] = "Recorded a status",
        ["members.application"] = "Received an application",
        ["members.approve"] = "Approved an application",
        ["members.bank"] = "Changed bank details",
        ["members.bank-asked"] = "Asked for new bank details",
        ["members.bank-stopped"] = "Stopped new bank details",
        ["members.beneficiary"] = "Named a beneficiary",
        ["members.decline"] = "Declined an application",
        ["members.document"] = "Kept a document",
        ["members.document-read"] = "Read a document",
        ["members.edit"] = "Changed a member's record",
        ["members.enrol"] = "Enrolled a member",
        ["members.erase"] = "Erased a person's data",
        ["members.household"] = "Changed a household",
        ["members.invitation-failed"] = "Gave a wrong invitation code",
        ["members.invitation-withdrawn"] = "Withdrew a member's invitation",
        ["members.invite"] = "Invited a member to the portal",
        ["members.letter"] = "Wrote a letter",
        ["members.mail-asked"] = "Asked for a new mail address",
        ["members.merge"] = "Merged two records",
        ["members.note"] = "Wrote a note",
        ["members.record"] = "Took a copy of their own data",
        ["members.register-read"] = "Took out a list of all members",
        ["members.request"] = "Asked for something",
        ["members.request-answer"] = "Answered a member's request",
        ["members.request-back"] = "Took a request back",
        ["members.share"] = "Changed what the household may see",
        ["members.sign-in"] = "Linked a member's sign-in",
        ["interest-certificates.open"] = "Opened a certificate of share interest",
        ["members.tax-id"] = "Changed a tax number",
        ["secrets.read"] = "Saw a number in full",
        ["statements.copies"] = "Noted what was printed",
        ["statements.issue"] = "Issued statements",
        ["statements.notify"] = "Told members by mail",
        ["statements.open"] = "Opened a statement",
        ["statements.print"] = "Made the file for printing",
        ["tax-forms.exempt"] = "Recorded whether a member gets a tax form",
        ["tax-forms.notify"] = "Told members of tax forms by mail",
        ["tax-forms.open"] = "Opened a tax form",
        ["tax-forms.print"] = "Made the tax forms' file for printing",
        ["tax-forms.release"] = "Released tax forms",
        ["webhooks.off"] = "Switched a webhook off",
        ["webhooks.register"] = "Registered a webhook",
        ["webhooks.resend"] = "Sent a webhook again",
        ["webhooks.secret"] = "Gave a webhook a new secret",
        ["webhooks.test"] = "Tested a webhook",
        ["year.close"] = "Closed a year",
        ["year.reason"] = "Gave a line's reason",
    };

    private static readonly Dictionary<string, string> Kinds = new(StringComparer.Ordinal)
    {
        ["access"] = "signing in, people and roles", ["co-op"] = "the co-op's details", ["department"] = "departments", ["dividends"] = "dividends", ["import"] = "imports", ["jobs"] = "long work", ["mail"] = "mail",
        ["member"] = "facts of members", ["members"] = "records of members", ["secrets"] = "numbers shown in full", ["statements"] = "statements", ["tax-forms"] = "tax forms", ["webhooks"] = "webhooks", ["year"] = "closing a year",
    };

    /// <summary>Every verb that has its words.</summary>
    public static IReadOnlyCollection<string> Known => Words.Keys;

    /// <returns>The words; for a verb that has none, such as the import of one kind, words made of the verb.</returns>
    public static string Say(string verb)
    {
        if (Words.TryGetValue(verb, out var words)) return words;
        var dot = verb.IndexOf('.', StringComparison.Ordinal);
        if (dot < 0) return verb;
        var (kind, act) = (verb[..dot], verb[(dot + 1)..].Replace('-', ' '));
        return kind == "import" ? $"Imported {(act == "equity" ? "shares and notices" : act)}" : $"{char.ToUpperInvariant(kind[0])}{kind[1..]}: {act}";
    }

    /// <param name="kind">The part of a verb before its dot.</param>
    public static string SayKind(string kind) => Kinds.GetValueOrDefault(kind.TrimEnd('.'), kind.TrimEnd('.'));
}
