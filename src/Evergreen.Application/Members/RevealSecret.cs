using Evergreen.Application.Access;
using Evergreen.Application.Audit;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;

namespace Evergreen.Application.Members;

public enum MemberSecret
{
    TaxId = 1,
    BankAccount = 2,
}

/// <summary>Shows one secret of one member in full, once, for a reason. Who asked and why is written down before anything is read.</summary>
/// <param name="keys">Where the keys are; null asks <see cref="KeyFile.Of"/>.</param>
public sealed class RevealSecret(Books books, KeyFile? keys = null)
{
    public sealed record Request(string? CoOp, string Member, MemberSecret Secret, string? Reason, string By);

    public Outcome<string> Run(Request request)
    {
        if (Particulars.Trim(request.Reason) is not { Length: >= 5 } reason) return Refusals.ReasonMissing();
        var cipher = SecretKeys.ToOpen(books, keys);
        if (cipher.IsRefused) return cipher.Refusal!;
        var noted = books.Write<(string Sealed, FieldPlace Place)>(dryRun: false, db =>
        {
            var found = FindMember.Run(db, request.CoOp, request.Member);
            if (found.IsRefused) return found.Refusal!;
            var member = found.Value.Member;
            var (value, place, word) = request.Secret == MemberSecret.TaxId
                ? (member.TaxIdSealed, MemberSecrets.TaxId(member.CoOpId, member.Number), "tax number")
                : (member.BankAccountSealed, MemberSecrets.BankAccount(member.CoOpId, member.Number), "bank account");
            if (value is null) return Refusals.SecretMissing(member.Number);
            AuditTrail.Add(db, member.CoOpId, books.Now, request.By, "secrets.read", $"member {member.Number}", $"{word}: {reason}");
            return (value, place);
        });
        return noted.IsRefused ? noted.Refusal! : cipher.Value.Open(noted.Value.Place, noted.Value.Sealed);
    }
}
