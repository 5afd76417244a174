namespace Evergreen.Domain.Payments;

/// <summary>A US bank's routing number: eight digits and a check digit.</summary>
public static class RoutingNumber
{
    /// <summary>Whether it is nine digits whose weighted sum (3, 7, 1 repeated) is a multiple of ten.</summary>
    public static bool IsValid(ReadOnlySpan<char> number) => number.Length == 9 && AreDigits(number) && CheckDigit(number[..8]) == number[8] - '0';

    /// <summary>The ninth digit of the first eight.</summary>
    /// <exception cref="ArgumentException">The text is not eight digits.</exception>
    public static int CheckDigit(ReadOnlySpan<char> eightDigits)
    {
        if (eightDigits.Length != 8 || !AreDigits(eightDigits)) throw new ArgumentException($"'{eightDigits}' is not eight digits.", nameof(eightDigits));
        ReadOnlySpan<int> weights = [3, 7, 1];
        var sum = 0;
        for (var i = 0; i < 8; i++) sum += weights[i % 3] * (eightDigits[i] - '0');
        return (10 - sum % 10) % 10;
    }

    private static bool AreDigits(ReadOnlySpan<char> text) => !text.ContainsAnyExceptInRange('0', '9');
}
