using Evergreen.Domain.Arithmetic;

namespace Evergreen.Application.Audit;

/// <summary>Why the records of what was done are not shown.</summary>
public static class Refusals
{
    public static Refusal DaysReversed(DateOnly from, DateOnly to) => new("audit-days-reversed", $"The first day, {from:yyyy-MM-dd}, comes after the last, {to:yyyy-MM-dd}.");
}
