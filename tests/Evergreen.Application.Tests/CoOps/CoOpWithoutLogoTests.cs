using Evergreen.Application.CoOps;
using Evergreen.Application.Tests.Members;
using Evergreen.Application.Tests.Storage;
using Evergreen.Domain.CoOps;
using Microsoft.EntityFrameworkCore;
using NUnit.Framework;

namespace Evergreen.Application.Tests.CoOps;

/// <summary>A page reads all of a co-op but its logo.</summary>
[TestFixtureSource(typeof(TestDatabases))]
public sealed class CoOpWithoutLogoTests(TestDatabase databases)
{
    [Test]
    public void AllButTheLogoIsRead()
    {
        using var house = new Membership(databases);
        house.Books.Write<bool>(dryRun: false, db =>
        {
            var coOp = db.CoOps.Single(coOp => coOp.Code == "laundry");
            (coOp.TimeZone, coOp.Address, coOp.ContactName, coOp.ContactEmail, coOp.ContactPhone, coOp.BrandColour) = ("America/Chicago", "1 Elm St", "Ann", "ann@laundry.example", "555 0100", "#112233");
            (coOp.RedemptionSentence, coOp.RetentionYears, coOp.SignInByMail, coOp.BankHoldDays, coOp.LogoPng) = ("After five years.", 12, true, 5, new byte[200_000]);
            (coOp.Language, coOp.IsSample, coOp.WithdrawableLimitCents) = ("es", true, 20_000_00);
            return true;
        });
        var (whole, read) = house.Books.Read(db => (db.CoOps.AsNoTracking().Single(coOp => coOp.Code == "laundry"), db.CoOps.Where(coOp => coOp.Code == "laundry").WithoutLogo().Single()));
        Assert.Multiple(() =>
        {
            foreach (var property in typeof(CoOp).GetProperties().Where(property => property.Name != nameof(CoOp.LogoPng))) Assert.That(property.GetValue(read), Is.EqualTo(property.GetValue(whole)).And.Not.Null.And.Not.EqualTo(property.PropertyType == typeof(bool) ? false : null), property.Name);
        });
        Assert.That(house.Books.Read(db => db.CoOps.WithoutLogo().ToQueryString()), Does.Not.Contain("LogoPng"));
        var user = house.ComeIn("laundry", "0010", "hanh@example.org");
        Assert.That(house.Seat(user, "laundry")!.CoOp, Has.Property(nameof(CoOp.LogoPng)).Null.And.Property(nameof(CoOp.BankHoldDays)).EqualTo(5));
    }
}
