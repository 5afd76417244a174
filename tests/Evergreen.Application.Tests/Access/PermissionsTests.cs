using Evergreen.Application.Access;
using NUnit.Framework;

namespace Evergreen.Application.Tests.Access;

public sealed class PermissionsTests
{
    [Test]
    public void EveryPermissionStandsInTheTableOnceInTheOrderOfTheList() =>
        Assert.That(Permissions.Table.Select(line => line.Permission), Is.EqualTo(Enum.GetValues<Permission>()));

    [Test]
    public void EveryPermissionIsExplainedAndHeldBySomeone() =>
        Assert.That(Permissions.Table, Has.All.Matches<Permissions.Line>(line => line!.Sentence.Length > 15 && line.Roles.Count > 0 && !line.Roles.Contains(Role.Member)));

    [Test]
    public void AuditorsOnlySee() =>
        Assert.That(Permissions.Of(Role.Auditor), Is.EquivalentTo([Permission.SeeMembers, Permission.SeeLedger, Permission.SeeAudit, Permission.SeeJobs]));

    [Test]
    public void NobodyWhoLetsPeopleInPostsOrClosesByThatRole() =>
        Assert.That(Enum.GetValues<Permission>().Except(Permissions.Of(Role.Administrator)), Is.EquivalentTo([Permission.CloseYear, Permission.PostDividend, Permission.ReverseDividend]));

    [Test]
    public void OfMoneyClerksOnlyWriteDownWhereAMemberIsPaidAndMergeRecords() => Assert.That(Permissions.Of(Role.Clerk).Where(Permissions.NeedsSecondFactor), Is.EqualTo([Permission.EditSecrets, Permission.MergeMembers]));

    [Test]
    public void MoneyAndErasureAskForASecondFactor() =>
        Assert.That(Enum.GetValues<Permission>().Where(Permissions.NeedsSecondFactor), Is.EquivalentTo([Permission.EraseMembers, Permission.RevealSecrets, Permission.EditSecrets, Permission.MergeMembers, Permission.CloseYear, Permission.CalculateDividend,
            Permission.ApproveDividend, Permission.PostDividend, Permission.ReverseDividend, Permission.IssueStatements, Permission.ManageUsers, Permission.EditSafeguards]));
}
