using Evergreen.Application.Access;
using Evergreen.Application.Dividends;
using Evergreen.Application.Imports;
using Evergreen.Application.Jobs;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Jobs;
using Evergreen.Web.Jobs;
using Evergreen.Web.Layout;
using Evergreen.Web.Office.Lists;
using Microsoft.AspNetCore.Mvc;

namespace Evergreen.Web.Office.Dividends;

/// <summary>A run from its calculation to the ledger, one step after the other, and back out of it.</summary>
[Area("Office")]
[Route("office/{coop}/dividends")]
public sealed class RunsController(Desk desk, PromptWork work) : DividendPages(desk)
{
    private const int LongestNote = 500;

    public sealed class ApproveForm
    {
        public string Run { get; set; } = "";
        public string? Resolution { get; set; }
    }

    public sealed class PostForm
    {
        public string Run { get; set; } = "";
        public DateOnly? On { get; set; }
    }

    public sealed class ReverseForm
    {
        public string Run { get; set; } = "";
        public string? Reason { get; set; }

        /// <summary>Asked for where the run was paid out.</summary>
        public string? Recovery { get; set; }
        public DateOnly? On { get; set; }
    }

    public sealed record FindingPage(string Run, string Key, FindingMembers.Result Found);

    [HttpPost("{year:int}/calculate")]
    [Requires(Permission.CalculateDividend)]
    public async Task<IActionResult> Calculate(int year)
    {
        var order = new DividendJobs.CalculateOrder(Code, year);
        if (DividendJobs.Against(Desk.Books, order) is { } against) return Cannot(against);
        var job = await Begin(DividendJobs.Calculate, DividendJobs.SubjectOf(year), order);
        return job.IsRefused ? Cannot(job.Refusal!) : Onward(job.Value);
    }

    [HttpGet("runs/{run}")]
    [Requires(Permission.SeeLedger)]
    public IActionResult Show(string run)
    {
        var page = new RunPage(Desk.Books).Run(Code, run);
        if (page.IsRefused) return Cannot(page.Refusal!, run);
        ViewData["Job"] = page.Value.Course.Next == RunStage.Posted ? LatestJob.Of(Desk.Books, Desk.CoOp.Id, DividendJobs.Post, DividendJobs.SubjectOf(run)) : null;
        return View("Run", page.Value);
    }

    [HttpGet("runs/{run}/rehearsal")]
    [Requires(Permission.SeeLedger)]
    public IActionResult Rehearse(string run)
    {
        var page = new Rehearsal(Desk.Books).Run(Code, run);
        return page.IsRefused ? Cannot(page.Refusal!, run) : View("Rehearsal", page.Value);
    }

    /// <summary>Everybody whom a finding concerns: the rehearsal names the first of them.</summary>
    [HttpGet("runs/{run}/rehearsal/{finding}")]
    [Requires(Permission.SeeLedger)]
    public IActionResult Finding(string run, string finding, string? sort, string? after)
    {
        var found = new FindingMembers(Desk.Books).Run(new(Code, run, finding, sort, after));
        return found.IsRefused ? Cannot(found.Refusal!, run) : View("Finding", new FindingPage(run, finding, found.Value));
    }

    [HttpGet("runs/{run}/rehearsal/{finding}" + HandedOut.Ending)]
    [Requires(Permission.SeeLedger)]
    public IActionResult FindingFile(string run, string finding, string? sort, string format)
    {
        var found = new FindingMembers(Desk.Books).Run(new(Code, run, finding, sort, Size: int.MaxValue - 1));
        return found.IsRefused ? Cannot(found.Refusal!, run) : this.HandOut(format, $"{Code}-{run}-{finding}", found.Value.Title, ["Member", "Name", found.Value.ComparedWith is { } before ? $"Run {before}" : "Before", "This run", "Change", "In cash"],
            found.Value.Rows.Select(row => (IReadOnlyList<Cell>)[row.Number, row.Name, (Money?)row.Before, (Money?)row.Now, (Money?)row.Change, (Money?)row.Cash]));
    }

    [HttpPost("runs/{run}/rehearsal/{finding}")]
    [Requires(Permission.CalculateDividend)]
    public IActionResult SignOff(string run, string finding, string? note)
    {
        if (note?.Length > LongestNote && new Rehearsal(Desk.Books).Run(Code, run) is { IsRefused: false } page)
        {
            ModelState.SetModelValue($"note-{finding}", note, note);
            ModelState.AddModelError($"note-{finding}", $"Say it in at most {LongestNote} characters.");
            return Again("Rehearsal", page.Value);
        }
        var signed = new SignOffFinding(Desk.Books).Run(new SignOffFinding.Request(Code, run, finding, Desk.Person, note));
        if (signed is { IsRefused: true, Refusal.Code: "exemption-missing" })
        {
            ModelState.AddModelError($"note-{finding}", signed.Refusal!.Sentence);
            return Again("Rehearsal", new Rehearsal(Desk.Books).Run(Code, run).Value);
        }
        if (signed.IsRefused) return Cannot(signed.Refusal!, run);
        TempData.Say("The finding is signed off.");
        return LocalRedirect($"{Here}/runs/{run}/rehearsal");
    }

    [HttpPost("runs/{run}/review")]
    [Requires(Permission.CalculateDividend)]
    public IActionResult Review(string run)
    {
        var reviewed = new ReviewDividend(Desk.Books).Run(new ReviewDividend.Request(Code, run, Desk.Person));
        if (!reviewed.IsRefused)
        {
            TempData.Say($"Run {run} is reviewed. Another person approves it.");
            return ToRun(run);
        }
        if (reviewed.Refusal!.Code != "findings-unsigned") return Cannot(reviewed.Refusal, run);
        ModelState.Refuse(reviewed.Refusal);
        return Again("Rehearsal", new Rehearsal(Desk.Books).Run(Code, run).Value);
    }

    [HttpGet("runs/{run}/approve")]
    [Requires(Permission.ApproveDividend)]
    public IActionResult Approve(string run) => NotNext(run, RunStage.Approved) ?? View("Approve", new ApproveForm { Run = run });

    [HttpPost("runs/{run}/approve")]
    [Requires(Permission.ApproveDividend)]
    public IActionResult Approve(string run, ApproveForm form)
    {
        form.Run = run;
        if (NotNext(run, RunStage.Approved) is { } notNow) return notNow;
        var approved = new ApproveDividend(Desk.Books).Run(new ApproveDividend.Request(Code, run, Desk.Person, form.Resolution ?? "", AfterReview: true));
        if (!approved.IsRefused)
        {
            TempData.Say($"Run {run} is approved under resolution {approved.Value.Resolution}.");
            return ToRun(run);
        }
        if (approved.Refusal!.Code == "step-not-next") return Cannot(approved.Refusal, run);
        ModelState.AddModelError(approved.Refusal.Code == "resolution-missing" ? nameof(form.Resolution) : "", PlainWords(approved.Refusal));
        return Again("Approve", form);
    }

    [HttpGet("runs/{run}/post")]
    [Requires(Permission.PostDividend)]
    public IActionResult Post(string run) => NotNext(run, RunStage.Posted) ?? View("Post", new PostForm { Run = run, On = Desk.Today });

    [HttpPost("runs/{run}/post")]
    [Requires(Permission.PostDividend)]
    public async Task<IActionResult> Post(string run, PostForm form)
    {
        form.Run = run;
        if (NotNext(run, RunStage.Posted) is { } notNow) return notNow;
        if (!ModelState.IsValid) return Again("Post", form);
        var order = new DividendJobs.PostOrder(Code, run, form.On);
        var refused = DividendJobs.Against(Desk.Books, order);
        if (refused is null)
        {
            var job = await Begin(DividendJobs.Post, DividendJobs.SubjectOf(run), order);
            if (!job.IsRefused) return Onward(job.Value);
            refused = job.Refusal!;
        }
        ModelState.AddModelError(refused.Code is "period-closed" or "posting-before-year-end" ? nameof(form.On) : "", PlainWords(refused));
        return Again("Post", form);
    }

    [HttpGet("runs/{run}/reverse")]
    [Requires(Permission.ReverseDividend)]
    public IActionResult Reverse(string run) => NotReversible(run) ?? View("Reverse", new ReverseForm { Run = run, On = Desk.Today });

    [HttpPost("runs/{run}/reverse")]
    [Requires(Permission.ReverseDividend)]
    public IActionResult Reverse(string run, ReverseForm form)
    {
        form.Run = run;
        if (NotReversible(run) is { } notNow) return notNow;
        if (!ModelState.IsValid) return Again("Reverse", form);
        var reversed = new ReverseDividend(Desk.Books).Run(new ReverseDividend.Request(Code, run, Desk.Person, form.Reason ?? "", form.On) { Recovery = form.Recovery });
        if (!reversed.IsRefused)
        {
            TempData.Say($"Run {run} is reversed. Calculate again to distribute the year.");
            return ToRun(run);
        }
        ModelState.AddModelError(reversed.Refusal!.Code switch { "reversal-reason-missing" => nameof(form.Reason), "run-paid" => nameof(form.Recovery), "period-closed" or "posting-before-year-end" => nameof(form.On), _ => "" }, PlainWords(reversed.Refusal));
        return Again("Reverse", form);
    }

    /// <summary>The job that does it; refused where it was refused already. Asked for while one of the same is under way, it is that one.</summary>
    private async Task<Outcome<Job>> Begin(string kind, string subject, object order)
    {
        if (LatestJob.Of(Desk.Books, Desk.CoOp.Id, kind, subject) is { IsOver: false } running) return running;
        var job = await work.Run(new StartJob.Request(kind, Desk.CoOp.Id, subject, order, $"{Desk.CoOp.Id} {Request.Form[OnceFilter.FieldName]}", Desk.Person, Watch));
        return job is { IsRefused: false, Value: { State: JobState.Failed, RefusalCode: { } code, RefusalSentence: { } sentence } } ? new Refusal(code, sentence) : job;
    }

    /// <summary>To the run that the work led to; while it goes on, to the job, whose page leads there in the end.</summary>
    private IActionResult Onward(Job job)
    {
        if (job.State != JobState.Done || JobResult.FromJson(job.ResultJson) is not { Run: { } run } result) return LocalRedirect(Watch(job.Id));
        TempData.Say(result.Sentence);
        return ToRun(run);
    }

    private string Watch(int job) => $"{Desk.PageOfJob(job)}?on=true";

    private IActionResult? NotNext(string run, RunStage stage) => Course(run, course => course.Refuse(stage));

    private IActionResult? NotReversible(string run) => Course(run, course => course.RefuseReversal());

    private IActionResult? Course(string run, Func<RunCourse, Refusal?> refuse)
    {
        var course = new RunLifecycle(Desk.Books).Run(Code, run);
        if (course.IsRefused) return Cannot(course.Refusal!, run);
        return refuse(course.Value) is { } refusal ? Cannot(refusal, run) : null;
    }
}
