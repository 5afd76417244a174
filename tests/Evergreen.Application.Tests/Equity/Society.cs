using Evergreen.Application.CoOps;
using Evergreen.Application.Equity;
using Evergreen.Application.Imports;
using Evergreen.Application.Members;
using Evergreen.Application.Tests.Imports;
using Evergreen.Application.Tests.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Equity;
using Evergreen.Domain.Members;

namespace Evergreen.Application.Tests.Equity;

/// <summary>A registered society of the United Kingdom whose office does everything through the verbs.</summary>
internal sealed class Society(OpenTestDatabase database, string code = "society", string? shareLimit = null)
{
    private int rows;

    public CoOp CoOp { get; } = new CreateCoOp(database.Books).Run(new(code, "The Society", "GB", "GBP", 12, TaxRegime.UkRegisteredSociety, "ann") { ShareLimit = shareLimit is null ? null : Money.Parse(shareLimit) }).Value;

    public Member Enrol(string number, DateOnly? joined = null, MemberKind kind = MemberKind.Person) =>
        new EnrolMember(database.Books).Run(new(code, number, new Particulars { Kind = kind, Name = $"Member {number}" }, [], joined ?? new DateOnly(2020, 1, 1), "ann")).Value;

    public Outcome<ChangeStatus.Result> Status(string number, MemberStatus status, DateOnly on) => new ChangeStatus(database.Books).Run(new(code, number, status, on, "ann"));

    public Outcome<MergeMembers.Result> Merge(string kept, string other) => new MergeMembers(database.Books).Run(new(code, kept, other, "one person", "ann"));

    /// <summary>Grants the member's request that what is known of them goes; of one who left and is owed nothing.</summary>
    public Outcome<ErasePerson.Result> Erase(string number)
    {
        var asked = new AskForErasure(database.Books).Run(new(code, number, null, $"member {number}")).Value;
        return new ErasePerson(database.Books).Run(new(code, asked.Number, null, "ann"));
    }

    /// <summary>Rows such as <c>1,membership_share,,2025-01-02,200.00</c>, each with an id of its own.</summary>
    public ImportReport Import(params string[] lines) => Import(takeGood: false, lines);

    public ImportReport Import(bool takeGood, params string[] lines) =>
        new ImportEquity(database.Books).Run(SampleCoOp.Request(SampleCoOp.File("equity.csv", ["source_id,member_number,account,fiscal_year,posted_on,amount", .. lines.Select(line => $"E{++rows},{line}")])) with { CoOp = code, TakeGoodRows = takeGood, DespiteTotals = true }).Value;

    /// <summary>What each member holds in withdrawable shares, as the ledger says.</summary>
    public Dictionary<string, Money> Shares() => database.Books.Read(db => WithdrawableShares.Accounts.SelectMany(account => MemberBalances.ByMember(db, CoOp.Id, account))
        .GroupBy(part => part.Key).ToDictionary(member => db.Members.Single(one => one.Id == member.Key).Number, member => member.Sum(part => part.Value)));
}
