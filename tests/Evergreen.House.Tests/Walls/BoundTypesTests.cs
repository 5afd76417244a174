using System.Reflection;

namespace Evergreen.House.Tests.Walls;

public sealed class BoundTypesTests
{
    private static readonly HashSet<Type> Stored = [.. StoredTypes.All];

    [Test]
    public void NoActionTakesWhatIsStored()
    {
        var controllers = Assembly.Load("Evergreen.Web").GetTypes().Where(type => type is { IsAbstract: false, IsClass: true } && type.Name.EndsWith("Controller", StringComparison.Ordinal)).ToList();
        Assert.That(controllers, Has.Count.GreaterThan(15));
        Assert.That(BoundTypes.Violations(controllers, Stored), Is.Empty);
    }

    [Test]
    public void APlantedActionIsCaught() => Assert.That(BoundTypes.Violations([typeof(PlantedController)], Stored), Is.EqualTo(new[] { "PlantedController.Edit(member) is a Member, which is stored", "PlantedController.Save(form).Members is a Member, which is stored" }));

    private sealed class PlantedController
    {
        public void Edit(Evergreen.Domain.Members.Member member) => GC.KeepAlive(member);

        public void Save(Form form) => GC.KeepAlive(form);

        public sealed class Form
        {
            public string? Reason { get; set; }
            public List<Evergreen.Domain.Members.Member> Members { get; set; } = [];
        }
    }
}
