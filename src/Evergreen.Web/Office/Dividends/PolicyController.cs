using Evergreen.Application.Access;
using Evergreen.Application.Dividends;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Dividends;
using Evergreen.Web.Layout;
using Microsoft.AspNetCore.Mvc;

namespace Evergreen.Web.Office.Dividends;

/// <summary>The dividend policy of a year: as a form with its help, or as the document itself.</summary>
[Area("Office")]
[Route("office/{coop}/dividends/{year:int}/policy")]
[Requires(Permission.EditPolicy)]
public sealed class PolicyController(Desk desk) : DividendPages(desk)
{
    internal const string ChangedMeanwhile = "policy-changed-meanwhile";

    public sealed class JsonForm
    {
        public string? Json { get; set; }
    }

    /// <summary>What somebody else adopted while a form was open.</summary>
    /// <param name="Seen">The version that the form was filled from; 0 where there was none.</param>
    /// <param name="Scenario">Whose policy was to take its place; null where one was typed.</param>
    public sealed record Meanwhile(int Seen, PolicyVersion Now, IReadOnlyList<PolicyDifferences.Row> Rows, WhatIfController.Scenario? Scenario = null);

    /// <summary>Where the pages find the version that their form was filled from, and what was adopted since.</summary>
    public const string Seen = "Seen", Since = "Since";

    [HttpGet("")]
    public IActionResult Edit(int year)
    {
        ViewData[Seen] = InForce(year)?.Version ?? 0;
        return View("Policy", Spare(Start(year)));
    }

    [HttpPost("")]
    public IActionResult Edit(int year, PolicyForm form, string? act, int seen)
    {
        ViewData[Seen] = seen;
        if (act == "pool")
        {
            form.Pools.Add(new PoolForm());
            return View("Policy", Spare(form));
        }
        ModelState.Clear();
        var json = form.ToJson();
        var adopted = Adopt(year, json, seen);
        if (!adopted.IsRefused) return Adopted(year, adopted.Value);
        ShowBoth(year, seen, InForce(year - 1)?.Json, json, adopted.Refusal!);
        var (field, words) = (PolicyPlaces.FieldOf(form, adopted.Refusal!.Sentence), PlainWords(adopted.Refusal));
        ModelState.AddModelError(field, field.Length == 0 ? words : PolicyPlaces.Beside(words));
        return Again("Policy", Spare(form));
    }

    [HttpGet("document")]
    public IActionResult Document(int year)
    {
        var now = InForce(year);
        ViewData[Seen] = now?.Version ?? 0;
        return View("PolicyDocument", new JsonForm { Json = now?.Json ?? PolicyForm.New().ToJson() });
    }

    [HttpPost("document")]
    public IActionResult Document(int year, JsonForm form, int seen)
    {
        ViewData[Seen] = seen;
        var adopted = Adopt(year, form.Json ?? "", seen);
        if (!adopted.IsRefused) return Adopted(year, adopted.Value);
        ShowBoth(year, seen, null, form.Json ?? "", adopted.Refusal!);
        ModelState.AddModelError(adopted.Refusal!.Code == ChangedMeanwhile ? "" : nameof(form.Json), PlainWords(adopted.Refusal));
        return Again("PolicyDocument", form);
    }

    private Outcome<AdoptPolicy.Result> Adopt(int year, string json, int seen) => new AdoptPolicy(Desk.Books).Run(new AdoptPolicy.Request(Code, year, json, Desk.Person, Seen: seen));

    /// <summary>What was typed stays in the form. Sent again, it takes the place of what the others adopted, which has been seen by then.</summary>
    /// <param name="began">What the form was filled with where the year had no policy; a plain one for null.</param>
    private void ShowBoth(int year, int seen, string? began, string typed, Refusal refusal)
    {
        if (refusal.Code != ChangedMeanwhile || InForce(year) is not { } now) return;
        var before = seen == 0 ? began ?? PolicyForm.New().ToJson() : InForce(year, seen)?.Json;
        ViewData[Since] = new Meanwhile(seen, now, PolicyDifferences.Between(before, now.Json, typed));
        ViewData[Seen] = now.Version;
    }

    private IActionResult Adopted(int year, AdoptPolicy.Result result)
    {
        TempData.Say(result.AlreadyThere ? $"Nothing was changed: version {result.Version} says the same." : $"Version {result.Version} of the policy of {year} is adopted.");
        return ToYear(year);
    }

    private PolicyVersion? InForce(int year, int? asOf = null) => new PolicyInForce(Desk.Books).Run(Code, year, asOf) is { IsRefused: false } policy ? policy.Value : null;

    /// <summary>The year's policy, or last year's to start from, or a plain one.</summary>
    private PolicyForm Start(int year) => (InForce(year) ?? InForce(year - 1)) is { } from && PolicyForm.FromJson(from.Json) is { IsRefused: false } form ? form.Value : PolicyForm.New();

    /// <summary>Room for one more of everything that there may be several of.</summary>
    private static PolicyForm Spare(PolicyForm form)
    {
        if (form.OtherFunds.Count == 0 || form.OtherFunds[^1].Code is not null) form.OtherFunds.Add(new FundForm());
        while (form.LossSteps.Count < 4) form.LossSteps.Add(null);
        foreach (var pool in form.Pools)
        {
            if (pool.Units.Count == 0) pool.Units.Add(new UnitForm());
            if (pool.Units[^1].Measure is not null) pool.Units.Add(new UnitForm { Measure = null });
            if (pool.Classes.Count == 0 || pool.Classes[^1].Code is not null) pool.Classes.Add(new ClassForm());
        }
        return form;
    }
}
