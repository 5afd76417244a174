namespace Evergreen.Domain.Arithmetic;

/// <summary>What a verb answers: its result, or the refusal that says why there is none. The only result type in the house.</summary>
public readonly record struct Outcome<T>
{
    private readonly T? value;
    public Refusal? Refusal { get; }
    public bool IsRefused => Refusal is not null;

    private Outcome(T? value, Refusal? refusal) { this.value = value; Refusal = refusal; }

    /// <exception cref="InvalidOperationException">The verb was refused: look at <see cref="Refusal"/> first.</exception>
    public T Value => Refusal is null ? value! : throw new InvalidOperationException($"Refused ({Refusal.Code}): {Refusal.Sentence}");

    public static implicit operator Outcome<T>(T value) => new(value, null);
    public static implicit operator Outcome<T>(Refusal refusal) => new(default, refusal);
}
