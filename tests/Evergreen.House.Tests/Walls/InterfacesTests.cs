using System.Reflection;

namespace Evergreen.House.Tests.Walls;

public sealed class InterfacesTests
{
    [Test]
    public void NoInterfaceStandsForASingleClass() =>
        Assert.That(Interfaces.WithOneImplementation([.. ((string[])["Evergreen.Domain", "Evergreen.Documents", "Evergreen.Application", "Evergreen.Web", "evergreen"]).SelectMany(name => Assembly.Load(name).GetTypes())]), Is.Empty);

    [Test]
    public void APlantedInterfaceIsCaught() =>
        Assert.That(Interfaces.WithOneImplementation([typeof(ILonely<>), typeof(Lonely), typeof(IShared), typeof(First), typeof(Second), typeof(INobody)]).Select(found => found.Split('+')[1]), Is.EqualTo(["ILonely`1 has 1", "INobody has 0"]));

    private interface ILonely<T>
    {
        T Answer();
    }

    private interface IShared;

    private interface INobody;

    private sealed class Lonely : ILonely<int>
    {
        public int Answer() => 1;
    }

    private sealed class First : IShared;

    private sealed class Second : IShared;
}
