using Evergreen.Domain.Arithmetic;
using Evergreen.Web.Layout;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Evergreen.Web.Office.Members;

/// <summary>What the members' forms have in common: where a refusal belongs, and the form again with all that was typed.</summary>
internal static class Redrawing
{
    private static readonly Dictionary<string, string> Fields = new(StringComparer.Ordinal)
    {
        ["name-missing"] = "GivenName", ["email-form"] = "Email", ["country-form"] = "Country", ["language-form"] = "Language", ["member-number-form"] = "Number", ["member-number-taken"] = "Number",
        ["class-unknown"] = "Class", ["class-unchanged"] = "Class", ["consent-undated"] = "ConsentOn", ["consent-missing"] = "Kind", ["bylaw-without-notice"] = "Bylaw", ["member-deceased"] = "On", ["member-not-yet"] = "On",
        ["bank-scheme-unknown"] = "Scheme", ["bank-routing-form"] = "Routing", ["sort-code-form"] = "Routing", ["bic-form"] = "Routing", ["ach-account-form"] = "Account", ["bacs-account-form"] = "Account",
        ["iban-form"] = "Account", ["tax-id-type-unknown"] = "Type", ["tax-id-form"] = "Number", ["reveal-reason-missing"] = "Reason", ["household-of-itself"] = "Owner", ["household-owner-in-another"] = "Owner",
        ["household-has-members"] = "Owner", ["household-unchanged"] = "Owner", ["member-unknown"] = "Owner", ["day-not-yet"] = "On", ["note-empty"] = "Text", ["note-too-long"] = "Text", ["document-too-large"] = "File",
        ["document-form"] = "File", ["decline-reason-missing"] = "Reason", ["merge-of-itself"] = "Other", ["merge-reason-missing"] = "Reason", ["filter-name-missing"] = "Name",
        ["answer-missing"] = "Words", ["words-too-long"] = "Words", ["answer-import-unknown"] = "Import",
    };

    /// <summary>The field that a refusal is about; empty where it is about none.</summary>
    public static string FieldOf(Refusal refusal) => Fields.GetValueOrDefault(refusal.Code, "");

    /// <summary>The form again, with the sentence beside the field that it is about.</summary>
    public static ViewResult Redrawn(this Controller controller, string view, object form, Refusal refusal, string? field = null)
    {
        controller.ModelState.Refuse(refusal, field ?? FieldOf(refusal));
        return controller.Redrawn(view, form);
    }

    /// <summary>The form again, with what its fields said.</summary>
    public static ViewResult Redrawn(this Controller controller, string view, object form)
    {
        controller.Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return controller.View(view, form);
    }

    /// <summary>A day that must be given.</summary>
    public static bool Lacks(this Controller controller, DateOnly? day, string field)
    {
        if (day is not null) return false;
        if (controller.ModelState.GetFieldValidationState(field) != Microsoft.AspNetCore.Mvc.ModelBinding.ModelValidationState.Invalid) controller.ModelState.AddModelError(field, "Give a day, such as 2026-03-31.");
        return true;
    }

    public static SelectListItem Item(string text, string value) => new(text, value);
}
