using Evergreen.Application.Access;
using Evergreen.Application.Dividends;
using Evergreen.Domain.Arithmetic;
using Evergreen.Web.Layout;
using Microsoft.AspNetCore.Mvc;

namespace Evergreen.Web.Office.Dividends;

/// <summary>The dividend policy of a year: as a form with its help, or as the document itself.</summary>
[Area("Office")]
[Route("office/{coop}/dividends/{year:int}/policy")]
[Requires(Permission.EditPolicy)]
public sealed class PolicyController(Desk desk) : DividendPages(desk)
{
    public sealed class JsonForm
    {
        public string? Json { get; set; }
    }

    [HttpGet("")]
    public IActionResult Edit(int year) => View("Policy", Spare(Start(year)));

    [HttpPost("")]
    public IActionResult Edit(int year, PolicyForm form, string? act)
    {
        if (act == "pool")
        {
            form.Pools.Add(new PoolForm());
            return View("Policy", Spare(form));
        }
        ModelState.Clear();
        var adopted = Adopt(year, form.ToJson());
        if (!adopted.IsRefused) return Adopted(year, adopted.Value);
        ModelState.AddModelError(PolicyPlaces.FieldOf(form, adopted.Refusal!.Sentence), PlainWords(adopted.Refusal));
        return Again("Policy", Spare(form));
    }

    [HttpGet("document")]
    public IActionResult Document(int year) => View("PolicyDocument", new JsonForm { Json = Latest(year) ?? PolicyForm.New().ToJson() });

    [HttpPost("document")]
    public IActionResult Document(int year, JsonForm form)
    {
        var adopted = Adopt(year, form.Json ?? "");
        if (!adopted.IsRefused) return Adopted(year, adopted.Value);
        ModelState.AddModelError(nameof(form.Json), PlainWords(adopted.Refusal!));
        return Again("PolicyDocument", form);
    }

    private Outcome<AdoptPolicy.Result> Adopt(int year, string json) => new AdoptPolicy(Desk.Books).Run(new AdoptPolicy.Request(Code, year, json, Desk.Person));

    private IActionResult Adopted(int year, AdoptPolicy.Result result)
    {
        TempData.Say(result.AlreadyThere ? $"Nothing was changed: version {result.Version} says the same." : $"Version {result.Version} of the policy of {year} is adopted.");
        return ToYear(year);
    }

    private string? Latest(int year) => new PolicyInForce(Desk.Books).Run(Code, year) is { IsRefused: false } policy ? policy.Value.Json : null;

    /// <summary>The year's policy, or last year's to start from, or a plain one.</summary>
    private PolicyForm Start(int year) => (Latest(year) ?? Latest(year - 1)) is { } json && PolicyForm.FromJson(json) is { IsRefused: false } form ? form.Value : PolicyForm.New();

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
