namespace Evergreen.Application.Imports;

/// <summary>What is wrong with a row or a field, in words for the person who will mend the file.</summary>
/// <param name="Code">For machines and for grouping; never changes with the row.</param>
/// <param name="Expected">What should stand there; completes "expected …".</param>
/// <param name="Remedy">What to do, as a whole sentence.</param>
public sealed record Fault(string Code, string Expected, string Remedy);
