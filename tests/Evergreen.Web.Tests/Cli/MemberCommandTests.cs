namespace Evergreen.Web.Tests.Cli;

/// <summary>Leave, classes, consent and the register as of a day, from the command line.</summary>
public sealed class MemberCommandTests
{
    [Test]
    public void TheRegisterTellsWhatWasTrueOnEachDay()
    {
        using var office = new Office();
        CornerShop.WriteFiles(office);
        office.DoneHere([.. CornerShop.Create, .. CornerShop.Ana]);
        office.DoneHere(["import", "members", "members.csv", "--create-classes", .. CornerShop.Ana]);
        office.DoneHere(["member", "status", "M2", "on-leave", "--on", "2025-03-01", .. CornerShop.Ana]);
        office.DoneHere(["member", "class", "M2", "driver", "--create", "--on", "2025-04-01", .. CornerShop.Ana]);
        office.DoneHere(["member", "consent", "M2", "bylaw", "--ends", "--on", "2025-05-01", .. CornerShop.Ana]);
        office.DoneHere(["member", "consent", "M2", "bylaw", "--on", "2026-01-02", "--bylaw", "bylaw 7.3", .. CornerShop.Ana]);
        string Row(string day) => office.DoneHere("member", "register", "M2", "--on", day, "--json").Json.GetProperty("members")[0].GetRawText();
        Assert.Multiple(() =>
        {
            Assert.That(Row("2025-02-28"), Does.Contain("active").IgnoreCase.And.Not.Contain("driver").And.Contain("2025-01-01"));
            Assert.That(Row("2025-12-31"), Does.Contain("leave").IgnoreCase.And.Contain("driver").And.Not.Contain("2025-01-01"));
            Assert.That(office.RunHere(["member", "consent", "M2", "written", "--on", "2026-01-02", "--bylaw", "bylaw 7.3", .. CornerShop.Ana]).Code, Is.EqualTo(1));
            Assert.That(office.RunHere(["member", "status", "M9", "left", "--on", "2025-01-01", .. CornerShop.Ana]).Code, Is.EqualTo(1));
            Assert.That(office.RunHere(["member", "status", "M1", "gone", "--on", "2025-01-01", .. CornerShop.Ana]).Code, Is.EqualTo(2));
            Assert.That(office.DoneHere("member", "register", "--on", "2025-01-01").Out, Does.Contain("3 members as of 2025-01-01."));
        });
    }
}
