using Evergreen.Application.Members;
using Evergreen.Application.Storage;
using Evergreen.Domain.Members;

namespace Evergreen.Web.Tests.Cli;

/// <summary>What the law asks of a registered society, from the command line: the limit on shares, nominations, the annual return.</summary>
public sealed class SocietyCommandTests
{
    private static readonly string[] Ana = CornerShop.Ana;

    private static Office Society()
    {
        var office = new Office();
        office.Write("members.csv", """
            member_number,name,classes,joined_on
            M1,Ada Bell,customer,2020-01-01
            M2,Ben Cole,customer,2020-01-01
            M3,Cleo Diaz,customer,2024-06-01

            """);
        office.Write("equity.csv", """
            source_id,member_number,account,fiscal_year,posted_on,amount
            E1,M1,membership_share,,2024-03-01,9000.00
            E2,M2,membership_share,,2024-03-01,250.00

            """);
        office.Write("surplus.csv", """
            line,amount,sourced,pool,reason
            Sales,12000.00,patronage,,
            Costs,-10750.00,patronage,,

            """);
        office.DoneHere(["co-op", "create", "Village Shop", "--code", "village", "--country", "GB", "--currency", "GBP", "--fiscal-year-end", "12-31", "--regime", "uk-society", "--share-limit", "10000.00", .. Ana]);
        office.DoneHere(["import", "members", "members.csv", "--create-classes", .. Ana]);
        office.DoneHere(["import", "equity", "equity.csv", .. Ana]);
        return office;
    }

    [Test]
    public void AnnualReturnIsCounted()
    {
        using var office = Society();
        office.DoneHere(["member", "status", "M2", "left", "--on", "2024-09-30", .. Ana]);
        office.DoneHere(["year", "close", "2024", "--figures", "surplus.csv", .. Ana]);
        var answer = office.DoneHere("year", "annual-return", "2024", "--json").Json;
        var members = answer.GetProperty("members");
        Assert.Multiple(() =>
        {
            Assert.That(new[] { "atBeginning", "admitted", "ceased", "atEnd" }.Select(name => members.GetProperty(name).GetInt64()), Is.EqualTo(new long[] { 2, 1, 1, 2 }));
            Assert.That((answer.GetProperty("shareCapital").GetString(), answer.GetProperty("surplus").GetString(), answer.GetProperty("dueOn").GetString()), Is.EqualTo(("9250.00", "1250.00", "2025-07-31")));
            Assert.That(answer.GetProperty("highestInterest").ValueKind, Is.EqualTo(System.Text.Json.JsonValueKind.Null));
            var said = office.DoneHere("year", "annual-return", "2024", "--dry-run").Out;
            Assert.That(said, Does.Contain("due by 2025-07-31").And.Contain("Members at the end").And.Contain("1,250.00 GBP").And.Contain("no run of the year is posted").And.Contain("Dry run"));
            Assert.That(office.RunHere("year", "annual-return", "2999", "--json").ErrorCode, Is.EqualTo("annual-return-year-not-over"));
        });
    }

    [Test]
    public void NominationsAreWorkedOut()
    {
        using var office = Society();
        var books = new Books(DatabaseAddress.Sqlite(office.At("evergreen.db")), TimeProvider.System);
        new NameBeneficiary(books).Run(new(null, "M1", "Bea Bell", Kinship.Sibling, "12 Elm St", 75, true, "member M1"));
        var answer = office.DoneHere("member", "nominations", "M1", "--json").Json;
        var nominee = answer.GetProperty("nominees")[0];
        Assert.Multiple(() =>
        {
            Assert.That((nominee.GetProperty("name").GetString(), nominee.GetProperty("kinship").GetString(), nominee.GetProperty("amount").GetString(), nominee.GetProperty("isBarred").GetBoolean()), Is.EqualTo(("Bea Bell", "sibling", "5000.00", false)));
            Assert.That((answer.GetProperty("property").GetString(), answer.GetProperty("estate").GetString(), answer.GetProperty("hasDied").GetBoolean()), Is.EqualTo(("9000.00", "4000.00", false)));
            var before = office.DoneHere("member", "nominations", "M1", "--on", "2024-12-31", "--dry-run").Out;
            Assert.That(before, Does.Contain("as if the death were on 2024-12-31").And.Contain("9,000.00").And.Contain("marriage").And.Not.Contain("Bea").And.Contain("Dry run"), "nobody was named by then");
            Assert.That(office.DoneHere("member", "nominations", "M1").Out, Does.Contain("Bea Bell, brother or sister").And.Contain("5,000.00").And.Contain("The estate").And.Contain("4,000.00"));
            Assert.That(office.RunHere("member", "nominations", "M1", "--on", "2014-07-31", "--json").ErrorCode, Is.EqualTo("nomination-before-act"));
            Assert.That(office.RunHere("member", "nominations", "M1", "--on", "yesterday", "--json").ErrorCode, Is.EqualTo("usage"));
        });
    }

    [Test]
    public void LimitOnSharesIsSetAndHeld()
    {
        using var office = Society();
        office.Write("more.csv", """
            source_id,member_number,account,fiscal_year,posted_on,amount
            E3,M1,preferred,,2024-04-01,1000.01

            """);
        Assert.Multiple(() =>
        {
            var rejected = office.RunHere(["import", "equity", "more.csv", .. Ana]);
            Assert.That(rejected.Code, Is.EqualTo(1));
            Assert.That(rejected.Out, Does.Contain("1000.00, for 9000.00 of 10000.00 are held"));
            Assert.That(office.RunHere(["co-op", "share-limit", "100000.01", "--json", .. Ana]).ErrorCode, Is.EqualTo("share-limit-range"));
            Assert.That(office.RunHere(["co-op", "share-limit", "8999.99", "--json", .. Ana]).ErrorCode, Is.EqualTo("share-limit-below-holding"));
            Assert.That(office.RunHere(["co-op", "share-limit", "much", "--json", .. Ana]).ErrorCode, Is.EqualTo("usage"));
            Assert.That(office.DoneHere(["co-op", "share-limit", "none", "--dry-run", .. Ana]).Out, Does.Contain("100,000.00 in withdrawable shares, by law").And.Contain("Dry run"));
            Assert.That(office.RunHere(["import", "equity", "more.csv", .. Ana]).Code, Is.EqualTo(1), "a dry run changed nothing");
            Assert.That(office.DoneHere(["co-op", "share-limit", "12000.00", .. Ana]).Out, Does.Contain("12,000.00 in withdrawable shares, by the society's rules"));
            Assert.That(office.DoneHere(["import", "equity", "more.csv", .. Ana]).Code, Is.Zero);
            Assert.That(office.DoneHere("check").Out, Does.Contain("The books are sound."));
            Assert.That(office.RunHere(["co-op", "create", "Other", "--code", "other", "--country", "US", "--currency", "USD", "--fiscal-year-end", "12-31", "--regime", "subchapter-t", "--share-limit", "5.00", "--json", .. Ana]).ErrorCode, Is.EqualTo("coop-no-society"));
        });
    }
}
