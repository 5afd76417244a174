using System.Globalization;
using Evergreen.Application.Audit;
using Evergreen.Application.CoOps;
using Evergreen.Application.Members;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;

namespace Evergreen.Application;

/// <summary>Erases everyone whose records are over the co-op's term, all or nobody. It touches nobody who holds or is owed anything, has asked for something, or is part of an open run.</summary>
public sealed class EraseOverTerm(Books books)
{
    /// <param name="Count">How many they are, as whoever erases them has seen.</param>
    public sealed record Request(string? CoOp, int Count, string By);

    public sealed record Result(int Members, int Applicants);

    public Outcome<Result> Run(Request request)
    {
        var erased = books.Write(dryRun: false, db => Erase(db, request));
        if (!erased.IsRefused) books.Settle();
        return erased;
    }

    private Outcome<Result> Erase(EvergreenDb db, Request request)
    {
        var found = FindCoOp.Run(db, request.CoOp);
        if (found.IsRefused) return found.Refusal!;
        var (coOp, today) = (found.Value, books.Today(found.Value));
        var members = OverTerm.Members(db, coOp, today).OrderBy(member => member.Id).Select(member => new { member.Id, member.Number }).ToList();
        var applications = OverTerm.Applications(db, coOp, today).OrderBy(application => application.Number).Select(application => new { application.Id, application.Number }).ToList();
        if (members.Count + applications.Count == 0) return Members.Refusals.NobodyOverTerm();
        if (members.Count + applications.Count != request.Count) return Members.Refusals.OverTermCount(members.Count + applications.Count);
        var erasure = new Erasure(db, coOp.Id, request.By, books.Now);
        erasure.People([.. members.SelectMany(member => MemberIdentities.Of(db, member.Id))]);
        var ids = applications.ConvertAll(application => application.Id);
        erasure.Applicants(db.MembershipApplications.Where(application => ids.Contains(application.Id)));
        var why = string.Create(CultureInfo.InvariantCulture, $"kept for {coOp.RetentionYears} years");
        foreach (var subject in members.Select(member => $"member {member.Number}").Concat(applications.Select(application => $"application {application.Number}"))) AuditTrail.Add(db, coOp.Id, books.Now, request.By, "members.erase", subject, why);
        return new Result(members.Count, applications.Count);
    }
}
