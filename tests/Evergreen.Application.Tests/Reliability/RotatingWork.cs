using Evergreen.Application.Access;
using Evergreen.Application.Access.Apps;
using Evergreen.Application.Storage;
using Evergreen.Application.Tests.Storage;
using NUnit.Framework;

namespace Evergreen.Application.Tests.Reliability;

/// <summary>Giving the site's provider its keys, which makes the file of the master key with them. The file may stand there without keys, but never half of it.</summary>
internal sealed class RotatingWork : Workload
{
    /// <remarks>Nothing is sealed yet, so that the file of the master key is made too.</remarks>
    public RotatingWork(TestDatabase databases) : base(databases, 2) =>
        Assert.That(Origin.Sql("UPDATE \"Members\" SET \"TaxIdSealed\" = NULL, \"TaxIdLastFour\" = NULL"), Is.Null);

    public override IReadOnlyList<string> Order(DatabaseAddress address) => ["rotate"];

    protected override int Standing(Books books) => books.Read(db =>
    {
        var keys = Whole(db.ConnectKeys.LongCount(), Enum.GetValues<ConnectKeyUse>().Length);
        return keys == db.AuditRecords.Count(record => record.Verb == "access.connect-keys") ? keys : -1;
    });

    /// <summary>As the site does at its start: what is there is opened, and made where there is nothing.</summary>
    protected override void Repeat(Books books)
    {
        var opened = new OpenConnectKeys(books, new SealingKeys(() => KeyFile.Of(books.Address))).Run();
        Assert.That(opened.IsRefused ? opened.Refusal!.Sentence : $"{opened.Value.Count} keys", Is.EqualTo("2 keys"));
    }
}
