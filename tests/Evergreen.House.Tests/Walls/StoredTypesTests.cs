using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;

namespace Evergreen.House.Tests.Walls;

public sealed class StoredTypesTests
{
    [Test]
    public void TypesOfTheDomainSayNothingOfHowTheyAreStored()
    {
        var stored = StoredTypes.All.Where(type => type.Assembly.GetName().Name == "Evergreen.Domain").ToList();
        Assert.That(stored, Has.Count.GreaterThan(40));
        Assert.That(StoredTypes.Attributes(stored), Is.Empty);
    }

    [Test]
    public void APlantedAttributeIsCaught() =>
        Assert.That(StoredTypes.Attributes([typeof(Planted)]), Is.EquivalentTo(["Planted bears TableAttribute", "Planted.Name bears MaxLengthAttribute"]));

    [Table("Planted")]
    private sealed class Planted
    {
        [MaxLength(3)]
        public required string Name { get; init; }
        public string? Note { get; set; }
    }
}
