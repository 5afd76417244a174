using System.Reflection;

namespace Evergreen.House.Tests.Walls;

public sealed class DoorsTests
{
    private static readonly Lazy<IReadOnlyList<(string User, string Used)>> Site = new(() => Doors.Uses(Assembly.Load("Evergreen.Web"))), CommandLine = new(() => Doors.Uses(Assembly.Load("evergreen"))), Here = new(() => Doors.Uses(typeof(DoorsTests).Assembly));

    [Test]
    public void WhoDrawsAtTheDoorIsNamed()
    {
        Assert.That(Doors.WhoUses(Site.Value, Doors.Drawing), Is.EqualTo(Doors.Draw));
        Assert.That(Doors.WhoUses(CommandLine.Value, Doors.Drawing), Is.Empty);
    }

    [Test]
    public void WhoAsksTheDatabaseAtTheDoorIsNamed()
    {
        Assert.That(Doors.WhoUses(Site.Value, Doors.Database), Is.EqualTo(Doors.AskTheDatabase));
        Assert.That(Doors.WhoUses(CommandLine.Value, Doors.Database), Is.Empty);
    }

    [Test]
    public void APlantedDoorIsCaught()
    {
        const string Planted = "Evergreen.House.Tests.Planted.Doors.";
        Assert.That(Doors.WhoUses(Here.Value, Doors.Drawing).Where(user => user.StartsWith(Planted, StringComparison.Ordinal)), Is.EqualTo([Planted + "DrawsByItself", Planted + "DrawsInALambda"]));
        Assert.That(Doors.WhoUses(Here.Value, Doors.Database).Where(user => user.StartsWith(Planted, StringComparison.Ordinal)), Is.EqualTo([Planted + "AsksByItself"]));
    }
}
