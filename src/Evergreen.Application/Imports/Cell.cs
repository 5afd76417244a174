using System.Runtime.InteropServices;
using Evergreen.Domain.Arithmetic;

namespace Evergreen.Application.Imports;

/// <summary>A cell of a table that is handed out: a text, a day, an amount or a whole number; or nothing.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Cell
{
    public string? Text { get; private init; }
    public DateOnly? Day { get; private init; }
    public Money? Amount { get; private init; }
    public long? Number { get; private init; }

    public static implicit operator Cell(string? text) => new() { Text = text };
    public static implicit operator Cell(DateOnly? day) => new() { Day = day };
    public static implicit operator Cell(Money? amount) => new() { Amount = amount };
    public static implicit operator Cell(long? number) => new() { Number = number };
}
