using Evergreen.Application.Access;
using Evergreen.Application.Members;
using Evergreen.Web.Layout;
using Microsoft.AspNetCore.Mvc;

namespace Evergreen.Web.Office.Lists;

public sealed class FilterForm
{
    /// <summary>One of <see cref="OfficeLists"/>.</summary>
    public string? List { get; set; }

    /// <summary>Address of the list's page.</summary>
    public string? Place { get; set; }
    public string? Name { get; set; }
    public string? Query { get; set; }
    public bool Shared { get; set; }
}

/// <summary>Filters of any list, kept under a name for oneself or for everyone who may see the list.</summary>
[Area("Office")]
[Route("office/{coop}/filters")]
public sealed class FiltersController(Desk desk) : Controller
{
    [HttpPost(""), Requires(Permission.SeeJobs)]
    public IActionResult Keep(FilterForm form)
    {
        if (OfficeLists.SeenWith(form.List) is not { } permission) return NotFound();
        if (!desk.Holds(permission))
        {
            new RecordDenial(desk.Books).Run(new(desk.Person, desk.CoOp.Id, permission, $"{Request.Method} {Request.Path}", HttpContext.Connection.RemoteIpAddress?.ToString() ?? "unknown", SecondFactorOnly: false));
            return StatusCode(StatusCodes.Status403Forbidden);
        }
        var query = form.Query is { Length: > 0 } asked ? $"?{asked.TrimStart('?')}" : "";
        var saved = new SaveFilter(desk.Books).Run(new(desk.CoOp.Code, form.List!, form.Name, query, form.Shared, desk.Person));
        if (saved.IsRefused) new RefusedFilter(form.Name ?? "", form.Shared, saved.Refusal!.Code == "filter-name-missing" ? saved.Refusal.Sentence : "").Send(TempData, form.List!);
        TempData.Say(saved.IsRefused ? saved.Refusal!.Sentence : $"The filter “{saved.Value.Name}” is kept.", saved.IsRefused);
        return LocalRedirect(PlaceOf(form) + query);
    }

    [HttpPost("{id:int}/remove"), Requires(Permission.SeeJobs)]
    public IActionResult Remove(int id, FilterForm form)
    {
        if (new SaveFilter(desk.Books).Remove(desk.CoOp.Code, id, desk.Person).IsRefused) return NotFound();
        TempData.Say("The filter is removed.");
        return LocalRedirect(PlaceOf(form));
    }

    /// <summary>The page of the list; the office's first page where the form names none of this co-op's.</summary>
    private string PlaceOf(FilterForm form)
    {
        var office = $"/office/{desk.CoOp.Code}";
        return form.Place is { } place && Url.IsLocalUrl(place) && place.StartsWith(office + "/", StringComparison.Ordinal) && !place.Contains('?', StringComparison.Ordinal) ? place : office;
    }
}
