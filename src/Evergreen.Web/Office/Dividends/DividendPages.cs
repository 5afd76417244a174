using Evergreen.Application.Dividends;
using Evergreen.Domain.Arithmetic;
using Evergreen.Web.Layout;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Evergreen.Web.Office.Dividends;

/// <summary>What the pages of the dividend share.</summary>
public abstract class DividendPages(Desk desk) : Controller
{
    /// <summary>A step that does not come next, and what to do instead.</summary>
    public sealed record NotNow(string Run, string Sentence, bool Exists);

    protected Desk Desk => desk;
    protected string Code => desk.CoOp.Code;
    protected string Here => $"/office/{Code}/dividends";

    protected IActionResult ToYear(int year) => LocalRedirect($"{Here}/{year}");
    protected IActionResult ToRun(string run) => LocalRedirect($"{Here}/runs/{run}");

    /// <summary>The page that says why a thing cannot be done as things stand: 404 for what is not there, 409 for what does not come next.</summary>
    protected IActionResult Cannot(Refusal refusal, string run = "")
    {
        var missing = refusal.Code is "run-unknown" or "member-unknown" or "member-without-dividend" or "year-unknown" or "scenario-unknown" or "finding-unknown";
        Response.StatusCode = missing ? StatusCodes.Status404NotFound : StatusCodes.Status409Conflict;
        return View("NotNow", new NotNow(run, PlainWords(refusal), !missing));
    }

    protected IActionResult Again(string view, object form)
    {
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return View(view, form);
    }

    /// <summary>The sentence without the command to type in a terminal.</summary>
    public static string PlainWords(Refusal refusal) => refusal.Code switch
    {
        "year-not-closed" => "The books of the year are still open. Close them first.",
        "policy-missing" => "No dividend policy is adopted for the year. Adopt one first.",
        "rows-held" => "Imported rows of the year are held because their members are unknown. Match them, or declare them business with others, first.",
        "reason-missing" => "A line of the figures does not come from business with patrons and has no reason yet. Give it on the year's page first.",
        "resolution-missing" => "Name the board's resolution, such as 2026/07.",
        "payment-reference-missing" => $"Say in up to {PayDividend.LongestReference} characters what finds the payment again at the bank, such as a batch number.",
        "run-paid" => refusal.Sentence.Replace(": --recovery \"…\"", ".", StringComparison.Ordinal),
        "payment-file-unsettled" => "A file of this run's payments is out at the bank and not settled. Settle it on the command line first, and void what came back.",
        "rest-by-payment-run" => "The run was paid by a payment run, and some members are still owed. Another payment run pays them: it is prepared on the command line.",
        "reversal-reason-missing" => "Say why the run is reversed.",
        "period-closed" => "The books of that day's year are closed. Choose a day in an open year.",
        "approval-by-same-person" => "Whoever calculated a run does not approve it: another person does.",
        "run-not-approved" => "The run has not been approved. A second person approves it first.",
        _ => refusal.Sentence.Replace(" Compare with 'evergreen dividends policy --example'.", "", StringComparison.Ordinal),
    };

    /// <summary>A policy's choices for a question.</summary>
    public static IEnumerable<SelectListItem> Items(IEnumerable<(string Word, string Meaning)> words) => words.Select(word => new SelectListItem(word.Meaning, word.Word));

    public static IEnumerable<SelectListItem> YesNo { get; } = [new SelectListItem("Yes", "True"), new SelectListItem("No", "False")];

    public static string StageInWords(RunCourse course) => course.IsReversed ? "Reversed" : course.Newer is not null && course.Reached < RunStage.Posted ? "Overtaken" : course.Reached.ToString();
}
