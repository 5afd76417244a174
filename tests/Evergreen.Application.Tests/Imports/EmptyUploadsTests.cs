using System.Text;
using Evergreen.Application.Access;
using Evergreen.Application.Imports;
using Evergreen.Application.Tests.Storage;
using Evergreen.Domain.Imports;
using NUnit.Framework;

namespace Evergreen.Application.Tests.Imports;

/// <summary>Files that nobody went on with do not lie about for ever.</summary>
[TestFixtureSource(typeof(TestDatabases))]
public sealed class EmptyUploadsTests(TestDatabase databases)
{
    private OpenTestDatabase database = null!;
    private string folder = null!;

    [SetUp]
    public void Open()
    {
        database = databases.Create();
        SampleCoOp.In(database);
        folder = Directory.CreateTempSubdirectory("evergreen-").FullName;
    }

    [TearDown]
    public void Close()
    {
        database.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Test]
    public void FileThatWaitedForThirtyDaysIsThrownAwayAndWhatIsKnownOfItStays()
    {
        var uploads = UploadFolder.At(Path.Combine(folder, "uploads"), database.Books, new KeyFile(Path.Combine(folder, "books.keys"))).Value;
        string Sent(string name)
        {
            var rows = $"source_id,member_number,purchased_on,amount,department,eligible,store,volume\r\n{name},,2025-01-02,1.00,,,,\r\n";
            Assert.That(new ReceiveUpload(database.Books, uploads).Run(new("shop", name, new MemoryStream(Encoding.UTF8.GetBytes(rows)), ImportKind.Purchases, "till", "bea")).Refusal, Is.Null);
            return database.Books.Read(db => db.UploadedFiles.Single(file => file.FileName == name).Id);
        }
        var empty = new EmptyUploads(database.Books, uploads);
        var first = Sent("first.csv");
        database.Clock.Advance(TimeSpan.FromDays(EmptyUploads.Days));
        var second = Sent("second.csv");
        Assert.That((empty.Run(), uploads.Has(first, UploadFolder.Rows)), Is.EqualTo((0, true)));
        database.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.That((empty.Run(), uploads.Has(first, UploadFolder.Rows), uploads.Has(second, UploadFolder.Rows)), Is.EqualTo((1, false, true)));
        Assert.That(database.Books.Read(db => db.UploadedFiles.OrderBy(file => file.ReceivedAt).Select(file => file.RemovedAt).ToList()), Is.EqualTo(new DateTime?[] { database.Books.Now, null }));
        Assert.That(empty.Run(), Is.Zero);
    }
}
