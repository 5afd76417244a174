namespace Evergreen.Web.Tests.Cli;

/// <summary>What whoever runs the server is told, also where the site does not start.</summary>
public sealed class DoctorTests
{
    [Test]
    public void DoctorSaysWhatIsBadWithWhatHelpsAndByItsExitCode()
    {
        using var office = new Office();
        var nothing = office.Run("doctor", "--json");
        var schema = nothing.Json.GetProperty("findings").EnumerateArray().Single(finding => finding.GetProperty("code").GetString() == "schema");
        Assert.Multiple(() =>
        {
            Assert.That((nothing.Code, nothing.ErrorCode, nothing.Json.GetProperty("state").GetString()), Is.EqualTo((1, "health-bad", "bad")));
            Assert.That((schema.GetProperty("state").GetString(), schema.GetProperty("toDo").GetString()), Is.EqualTo(("bad", "Make them: evergreen database migrate.")));
            Assert.That(File.Exists(office.At("evergreen.db")), Is.False, "looking makes no books");
        });

        office.Done("database", "migrate");
        var well = office.Done("doctor").Out;
        Assert.That(well, Does.Match(@"(?m)^good     Schema +\d+ of \d+ migrations applied").And.Match(@"(?m)^good     Database settings +journal_mode wal, synchronous full, foreign_keys on\.$").And.Match(@"(?m)^good     ASP\.NET Core +Version 10\.").And.EndWith("\nAll is well.\n"));

        if (OperatingSystem.IsWindows()) return;
        office.Write("evergreen.db.keys", "{}");
        File.SetUnixFileMode(office.At("evergreen.db.keys"), UnixFileMode.UserRead | UnixFileMode.OtherRead);
        var exposed = office.Run("doctor");
        Assert.Multiple(() =>
        {
            Assert.That(exposed.Code, Is.EqualTo(1));
            Assert.That(exposed.Out, Does.Match(@"(?m)^bad      Key file +Others on this machine may read .*\n +What to do +Close it to them \(chmod 600 '").And.Contain("1 thing must be put right."));
            Assert.That(exposed.Error, Does.Contain("1 thing is bad."));
        });
    }
}
