using System.Text;
using Evergreen.Application.Imports;

namespace Evergreen.Web.Tests.Cli;

/// <summary>The files of other systems, taken in by the command line alone: with what their form leaves open said as options, and remembered with the source.</summary>
public sealed class ProfileTests
{
    private static readonly string[] Ana = CornerShop.Ana;
    private Office office = null!;

    private sealed record Foreign(string Kind, string Profile, string Text, string Accepted, string? Total, params string[] Options)
    {
        public override string ToString() => Profile;
    }

    private static readonly Foreign[] Files =
    [
        new("members", "core-pos-members", "CardNo,personNum,LastName,FirstName,Type\n7,1,Díaz,Ana,PC\n7,2,Lee,Bo,PC\n", "2", null),
        new("members", "core-pos-contacts", "card_no,street,city,state,zip,phone,email_1\n7,\"12 Elm St\nApt 4\",Duluth,MN,55805,,a@b.example\n", "1", null),
        new("equity", "core-pos-equity", "card_no,stockPurchase,tdate,trans_num,trans_id,dept\n7,20.00,2024-01-05 13:44:22,1-1-22,3,992\n7,80.00,2024-01-06 09:00:00,1-1-23,4,991\n", "2", "100.00",
            "--code", "account:992=membership_share", "--code", "account:991=preferred", "--date-order", "year-first"),
        new("purchases", "square-transactions", "Date,Net Sales,Transaction ID,Location,Customer Reference ID\n1/3/2024,\"$1,008.00\",T1,Main,7\n2/3/2024,-$3.00,T2,Main,\nTotal,\"$1,005.00\",,,\n", "2", "1005.00", "--date-order", "month-first"),
        new("purchases", "square-items", "Date,Category,Net Sales,Transaction ID,Location,Customer Reference ID\n1/3/2024,Produce,$8.00,T9,Annex,7\n1/3/2024,Bakery,$2.50,T9,Annex,7\n", "2", "10.50", "--date-order", "month-first", "--time-zone", "America/Chicago"),
        new("hours", "gusto-hours", "last_name,first_name,gusto_employee_id,regular_hours,overtime_hours,double_overtime_hours\nDíaz,Ana,7,80.00,4.50,0\n", "1", "84.50",
            "--period-start", "2024-01-01", "--period-end", "2024-01-14", "--paid-on", "2024-01-16"),
        // Nothing that a file of text may leave open is left to be found: names in another order of letters, money the other way round.
        new("purchases", "other", "Beleg;Mitglied;Datum;Betrag;Abteilung;Menge\nB1;7;5.1.2024;€ 1.234,50-;Käse;1,00\nB2;;5.1.2024;€ 10,00;Brot;2,00\n", "2", "1224.50",
            "--map", "source_id=Beleg", "--map", "member_number=Mitglied", "--map", "purchased_on=Datum", "--map", "amount=Betrag", "--map", "department=Abteilung", "--map", "volume=",
            "--code", "department:Käse=cheese", "--code", "department:Brot=bread", "--date-order", "day-first", "--decimal", "comma", "--thousands", "point", "--symbol", "€", "--negatives", "trailing-minus", "--reversed",
            "--separator", "semicolon", "--encoding", "windows-1252"),
    ];

    [OneTimeSetUp]
    public void Found()
    {
        office = new Office();
        office.DoneHere([.. CornerShop.Create, .. Ana]);
    }

    [OneTimeTearDown]
    public void Close() => office.Dispose();

    [Test]
    public void NoProfileIsLeftOut() =>
        Assert.That(Files.Select(file => file.Profile), Is.EquivalentTo(Profiles.Foreign.Select(profile => profile.Name).Append(Profile.OtherName)));

    [Test]
    public void EveryProfileIsUsedFromTheCommandLineAndRememberedWithItsSource() => Assert.Multiple(() =>
    {
        foreach (var file in Files)
        {
            var bytes = (file.Profile == "other" ? CodePagesEncodingProvider.Instance.GetEncoding(1252)! : new UTF8Encoding(false)).GetBytes(file.Text);
            File.WriteAllBytes(office.At("theirs.csv"), bytes);
            string[] total = file.Total is null ? [] : ["--expect-total", file.Total];
            var answer = office.RunHere(["import", file.Kind, "theirs.csv", "--profile", file.Profile, "--source", file.Profile, "--despite-totals", "--json", .. file.Options, .. total, .. Ana]);
            Assert.That(answer.Code, Is.Zero, () => $"{file}: {answer}");
            Assert.That(answer.Json.GetProperty("rows").GetProperty("accepted").GetRawText(), Is.EqualTo(file.Accepted), file.Profile);

            // The next file of that source needs nothing but what no source says, such as a pay period. Another last line makes it another file.
            File.WriteAllBytes(office.At("theirs.csv"), [.. bytes, .. "\n"u8]);
            string[] period = file.Kind == "hours" ? file.Options : [];
            var again = office.RunHere(["import", file.Kind, "theirs.csv", "--source", file.Profile, "--json", .. period, .. total, .. Ana]);
            Assert.That((again.Code, again.Code == 0 ? again.Json.GetProperty("profile").GetString() : null), Is.EqualTo((0, file.Profile)), () => $"{file} a second time: {again}");
            if (file.Kind != "members") Assert.That(again.Json.GetProperty("rows").GetProperty("accepted").GetInt64(), Is.Zero, $"{file}: the same ids");
        }
    });

    [Test]
    public void AnUnknownProfileNamesThoseThereAre()
    {
        office.Write("any.csv", "Date\n");
        var answer = office.RunHere(["import", "purchases", "any.csv", "--profile", "till", .. Ana]);
        Assert.That(answer.Code, Is.EqualTo(1));
        Assert.That(answer.Error, Does.Contain("square-items").And.Contain("square-transactions"));
    }
}
