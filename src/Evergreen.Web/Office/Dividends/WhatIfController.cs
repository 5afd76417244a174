using System.Globalization;
using Evergreen.Application.Access;
using Evergreen.Application.Dividends;
using Evergreen.Application.Imports;
using Evergreen.Domain.Arithmetic;
using Evergreen.Web.Layout;
using Evergreen.Web.Office.Lists;
using Microsoft.AspNetCore.Mvc;

namespace Evergreen.Web.Office.Dividends;

/// <summary>What if: trying settings of the policy, keeping what is worth keeping, and choosing one.</summary>
[Area("Office")]
[Route("office/{coop}/dividends/{year:int}")]
[Requires(Permission.EditPolicy)]
public sealed class WhatIfController(Desk desk, GatheredYears gathered) : DividendPages(desk)
{
    /// <summary>Before the name of each setting in the address and the form.</summary>
    public const string Prefix = "s.";

    /// <param name="From">The scenario started from; null for the policy in force.</param>
    /// <param name="Knobs">The settings as they stand in what is started from.</param>
    /// <param name="Typed">What was typed, by path.</param>
    public sealed record Page(int Year, Scenario? From, IReadOnlyList<PolicyKnob> Knobs, IReadOnlyDictionary<string, string> Typed, Shown Shown, string? Name, string? NameFault)
    {
        public string ValueOf(PolicyKnob knob) => Typed.TryGetValue(knob.Path, out var text) ? text : knob.Shown;
    }

    /// <summary>A scenario by its id and name.</summary>
    public sealed record Scenario(int Id, string Name);

    /// <summary>What is shown beside the settings: the figures, or why there are none.</summary>
    /// <param name="Members">Address of the members' amounts that the figures are made of; <paramref name="InForceMembers"/> that of those of the policy in force.</param>
    /// <param name="Wrong">The setting for which there are no figures, and what is wrong with it; null where it is about the whole.</param>
    public sealed record Shown(string Currency, DividendFigures? Figures, DividendFigures? InForce, string? Refused, string Members, string InForceMembers, (string Path, string Said)? Wrong = null);

    public sealed record MembersPage(int Year, Scenario? From, bool Changed, bool Difference, TriedMembers.Result Tried);

    [HttpGet("what-if")]
    public IActionResult Show(int year, int? from)
    {
        var page = Make(year, from, Typed(), null, null);
        if (page.IsRefused) return Cannot(page.Refusal!);
        if (page.Value.Shown.Refused is not null && page.Value.Typed.Count > 0)
        {
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            if (page.Value.Shown.Wrong is { } wrong) ModelState.AddModelError(Prefix + wrong.Path, wrong.Said);
        }
        return View("WhatIf", page.Value);
    }

    /// <summary>The figures alone, for the page that redraws them while a slider moves.</summary>
    [HttpGet("what-if/figures")]
    public IActionResult Figures(int year, int? from)
    {
        var start = StartOf(year, from);
        return start.IsRefused ? NotFound() : PartialView("Figures", Try(year, from, start.Value.Json, Typed()));
    }

    /// <summary>The members' amounts under the settings, of which the figures are the sum; or what these are more than those of the policy in force.</summary>
    [HttpGet("what-if/members")]
    public IActionResult Members(int year, int? from, string? sort, string? after, bool difference = false)
    {
        var start = StartOf(year, from);
        if (start.IsRefused) return Cannot(start.Refusal!);
        var typed = Typed();
        var tried = new TriedMembers(Desk.Books, gathered).Run(new(new TryDividend.Request(Code, year, start.Value.Json, typed), sort, after, Difference: difference));
        return tried.IsRefused ? Cannot(tried.Refusal!) : View("TriedMembers", new MembersPage(year, start.Value.From, typed.Count > 0, difference, tried.Value));
    }

    [HttpGet("what-if/members" + HandedOut.Ending)]
    public IActionResult MembersFile(int year, int? from, string? sort, string format, bool difference = false)
    {
        var start = StartOf(year, from);
        if (start.IsRefused) return Cannot(start.Refusal!);
        var tried = new TriedMembers(Desk.Books, gathered).Run(new(new TryDividend.Request(Code, year, start.Value.Json, Typed()), sort, Size: int.MaxValue - 1, Difference: difference));
        return tried.IsRefused ? Cannot(tried.Refusal!) : this.HandOut(format, $"{Code}-{year}-what-if", $"What if {year}", ["Member", "Name", "Dividend", "In cash", "Retained", "Withheld"],
            tried.Value.Rows.Select(row => (IReadOnlyList<Cell>)[row.Number, row.Name, (Money?)row.Dividend, (Money?)row.Cash, (Money?)row.Retained, (Money?)row.Withheld]));
    }

    [HttpPost("scenarios")]
    public IActionResult Save(int year, int? from, string? name)
    {
        var typed = Typed();
        var start = StartOf(year, from);
        if (start.IsRefused) return Cannot(start.Refusal!);
        var json = PolicyChanges.Apply(start.Value.Json, typed);
        var saved = json.IsRefused ? json.Refusal! : new SaveScenario(Desk.Books).Run(new SaveScenario.Request(Code, year, name ?? "", json.Value, Desk.Person));
        if (!saved.IsRefused)
        {
            TempData.Say($"The scenario “{saved.Value.Name}” is kept. The policy is as it was.");
            return LocalRedirect($"{Here}/{year}/scenarios");
        }
        var (words, named) = (PlainWords(saved.Refusal!), saved.Refusal!.Code.StartsWith("scenario-name", StringComparison.Ordinal));
        if (named) ModelState.AddModelError("name", words);
        else if (SettingOf(start.Value.Json, words) is { } wrong) ModelState.AddModelError(Prefix + wrong.Knob.Path, wrong.Said);
        else ModelState.AddModelError("", words);
        return Again("WhatIf", Make(year, from, typed, name, named ? words : null).Value);
    }

    [HttpGet("scenarios")]
    public IActionResult Scenarios(int year)
    {
        var list = new ListScenarios(Desk.Books, gathered).Run(Code, year);
        return list.IsRefused ? Cannot(list.Refusal!) : View("Scenarios", list.Value);
    }

    [HttpGet("scenarios" + HandedOut.Ending)]
    public IActionResult ScenariosFile(int year, string format)
    {
        var list = new ListScenarios(Desk.Books, gathered).Run(Code, year);
        if (list.IsRefused) return Cannot(list.Refusal!);
        var rows = list.Value.Rows;
        return this.HandOut(format, $"{Code}-{year}-scenarios", $"Scenarios {year}", ["Scenario", .. rows.Select(row => row.Scenario.Name)],
        [
            Line("Stands", row => StandsInWords(row)),
            .. list.Value.Differing.Select(path => Line(LabelOf(list.Value, path), row => SettingOf(row, path))),
            .. Compared.Select(line => Line(line.Label, row => (Money?)line.Of(row.Figures))),
            Line("Members who take part", row => (long?)row.Figures.Members),
        ]);

        IReadOnlyList<Cell> Line(string label, Func<ListScenarios.Row, Cell> of) => [label, .. rows.Select(of)];
    }

    /// <summary>The amounts by which scenarios are compared, and the order in which the members' amounts that each is made of are opened; null for what goes elsewhere.</summary>
    public static readonly IReadOnlyList<(string Label, Func<DividendFigures, Money> Of, string? Sort)> Compared =
    [
        ("To members", figures => figures.Total, "number"), ("of it in cash", figures => figures.Cash, "-cash"), ("of it retained", figures => figures.Retained, "-retained"), ("To the collective reserve", figures => figures.ToReserve, null),
        ("Least of a member", figures => figures.Least, "dividend"), ("Middle member", figures => figures.Median, "dividend"), ("Most of a member", figures => figures.Most, "-dividend"),
    ];

    public static string StandsInWords(ListScenarios.Row row) => row.Adopted ? "in force" : !row.Current ? "inputs have changed" : $"kept by {row.Scenario.By}";

    public static string LabelOf(ListScenarios.Result list, string path) => list.Rows.SelectMany(row => row.Settings).First(setting => setting.Path == path).Label;

    public static string SettingOf(ListScenarios.Row row, string path) => row.Settings.FirstOrDefault(setting => setting.Path == path)?.Setting ?? "–";

    [HttpPost("scenarios/{id:int}/drop")]
    public IActionResult Drop(int year, int id)
    {
        var dropped = new DropScenario(Desk.Books).Run(new DropScenario.Request(Code, year, id, Desk.Person));
        if (dropped.IsRefused) return Cannot(dropped.Refusal!);
        TempData.Say($"The scenario “{dropped.Value.Name}” is put aside.");
        return LocalRedirect($"{Here}/{year}/scenarios");
    }

    [HttpPost("scenarios/{id:int}/adopt")]
    public IActionResult Adopt(int year, int id, int seen)
    {
        var adopted = new AdoptScenario(Desk.Books).Run(new AdoptScenario.Request(Code, year, id, Desk.Person, Seen: seen));
        if (adopted is { IsRefused: true, Refusal.Code: PolicyController.ChangedMeanwhile }) return ShowBoth(year, id, seen) ?? Cannot(adopted.Refusal!);
        if (adopted.IsRefused) return Cannot(adopted.Refusal!);
        TempData.Say($"Its policy is now version {adopted.Value.Version} of {year}. The next calculation gives its figures.");
        return ToYear(year);
    }

    /// <summary>What somebody else adopted while the page was open, beside the scenario. Chosen again, it takes the place of that, which has been seen by then.</summary>
    private IActionResult? ShowBoth(int year, int id, int seen)
    {
        var list = new ListScenarios(Desk.Books, gathered).Run(Code, year);
        if (list.IsRefused || list.Value.Rows.FirstOrDefault(row => row.Scenario.Id == id)?.Scenario is not { } scenario || Policy(null) is not { } now) return null;
        ViewData[PolicyController.Since] = new PolicyController.Meanwhile(seen, now, PolicyDifferences.Between(seen == 0 ? null : Policy(seen)?.Json, now.Json, scenario.PolicyJson), new Scenario(id, scenario.Name));
        ModelState.AddModelError("", $"{now.By} adopted version {now.Version} of the policy of {year} after you opened this page, so “{scenario.Name}” was not chosen.");
        return Again("Scenarios", list.Value);

        Evergreen.Domain.Dividends.PolicyVersion? Policy(int? asOf) => new PolicyInForce(Desk.Books).Run(Code, year, asOf) is { IsRefused: false } policy ? policy.Value : null;
    }

    private Dictionary<string, string> Typed()
    {
        IEnumerable<KeyValuePair<string, Microsoft.Extensions.Primitives.StringValues>> given = Request.HasFormContentType ? Request.Form : Request.Query;
        return given.Where(one => one.Key.StartsWith(Prefix, StringComparison.Ordinal)).ToDictionary(one => one.Key[Prefix.Length..], one => one.Value.ToString(), StringComparer.Ordinal);
    }

    private Outcome<(string Json, Scenario? From)> StartOf(int year, int? from)
    {
        if (from is { } id)
        {
            var list = new ListScenarios(Desk.Books, gathered).Run(Code, year);
            if (list.IsRefused) return list.Refusal!;
            if (list.Value.Rows.FirstOrDefault(row => row.Scenario.Id == id) is { } row) return (row.Scenario.PolicyJson, new Scenario(id, row.Scenario.Name));
        }
        var policy = new PolicyInForce(Desk.Books).Run(Code, year);
        return policy.IsRefused ? policy.Refusal! : (policy.Value.Json, null);
    }

    private Outcome<Page> Make(int year, int? from, Dictionary<string, string> typed, string? name, string? fault)
    {
        var start = StartOf(year, from);
        if (start.IsRefused) return start.Refusal!;
        return new Page(year, start.Value.From, PolicyKnobs.Of(start.Value.Json), typed, Try(year, from, start.Value.Json, typed), name, fault);
    }

    private Shown Try(int year, int? from, string json, IReadOnlyDictionary<string, string> changes)
    {
        var tried = new TryDividend(Desk.Books, gathered).Run(new TryDividend.Request(Code, year, json, changes));
        var members = $"{Here}/{year}/what-if/members";
        var asked = changes.Select(change => KeyValuePair.Create(Prefix + change.Key, (string?)change.Value));
        if (from is { } scenario) asked = asked.Prepend(KeyValuePair.Create("from", (string?)scenario.ToString(CultureInfo.InvariantCulture)));
        var address = members + QueryString.Create(asked);
        if (!tried.IsRefused) return new Shown(Desk.CoOp.Currency, tried.Value.Figures, tried.Value.InForce, null, address, members);
        var words = PlainWords(tried.Refusal!);
        return SettingOf(json, words) is { } wrong ? new Shown(Desk.CoOp.Currency, null, null, $"{wrong.Knob.Label}: {wrong.Said}", address, members, (wrong.Knob.Path, wrong.Said)) : new Shown(Desk.CoOp.Currency, null, null, words, address, members);
    }

    /// <summary>The setting of the page that a refusal speaks of.</summary>
    private static (PolicyKnob Knob, string Said)? SettingOf(string json, string words) =>
        PolicyPlaces.SettingOf(words) is { } place && PolicyKnobs.Of(json).FirstOrDefault(knob => knob.Path == place.Path) is { } found ? (found, place.Said) : null;
}
