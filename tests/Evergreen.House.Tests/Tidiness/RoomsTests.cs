namespace Evergreen.House.Tests.Tidiness;

public sealed class RoomsTests
{
    [Test]
    public void EveryRoomHasAReadme() => Assert.That(Rooms.WithoutReadme([.. Checkout.Files]), Is.Empty);

    [Test]
    public void ARoomWithoutAReadmeIsCaught() =>
        Assert.That(Rooms.WithoutReadme(["src/README.md", "src/Evergreen.Attic/Box.cs", "tests/README.md", "tests/books/laundry/members.csv", "deploy/backup.sh"]),
            Is.EquivalentTo(["src/Evergreen.Attic/README.md", "tests/books/README.md", "deploy/README.md"]));
}
