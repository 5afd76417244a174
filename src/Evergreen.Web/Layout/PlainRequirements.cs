using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc.ModelBinding.Metadata;

namespace Evergreen.Web.Layout;

/// <summary>What a field asks for without saying it in words of ours is said by our texts, and not by the framework's English ("The Name field is required").</summary>
public sealed class PlainRequirements : IValidationMetadataProvider
{
    public void CreateValidationMetadata(ValidationMetadataProviderContext context)
    {
        foreach (var rule in context.ValidationMetadata.ValidatorMetadata.OfType<ValidationAttribute>().Where(rule => rule.ErrorMessage is null && rule.ErrorMessageResourceName is null))
            rule.ErrorMessage = rule is RequiredAttribute ? $"{PortalWords.KeyMark}fill-in" : $"{PortalWords.KeyMark}unreadable";
    }
}
