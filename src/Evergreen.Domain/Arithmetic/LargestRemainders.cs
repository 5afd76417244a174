using System.Numerics;

namespace Evergreen.Domain.Arithmetic;

/// <summary>Finds the places of the largest remainders by selection, without sorting them all.</summary>
internal static class LargestRemainders
{
    private const int MostRounds = 100;

    /// <summary>The <paramref name="count"/> indices with the largest remainders; of equal ones the lowest indices.</summary>
    public static ReadOnlySpan<int> Pick<T>(T[] remainders, int count) where T : IBinaryInteger<T>
    {
        var places = new int[remainders.Length];
        for (var i = 0; i < places.Length; i++) places[i] = i;
        int low = 0, high = places.Length - 1;
        for (var rounds = 0; low < high && count > low && count <= high; rounds++)
        {
            if (rounds == MostRounds)
            {
                // Remainders that rise and then fall defeat every pivot; sorting what is open keeps the time near linear.
                places.AsSpan(low, high - low + 1).Sort((a, b) => Before(remainders, a, b) ? -1 : a == b ? 0 : 1);
                break;
            }
            var pivot = places[low + (high - low) / 2];
            int i = low, j = high;
            while (i <= j)
            {
                while (Before(remainders, places[i], pivot)) i++;
                while (Before(remainders, pivot, places[j])) j--;
                if (i > j) break;
                (places[i], places[j]) = (places[j], places[i]);
                i++;
                j--;
            }
            if (count - 1 <= j) high = j;
            else if (count - 1 >= i) low = i;
            else break;
        }
        return places.AsSpan(0, count);
    }

    private static bool Before<T>(T[] remainders, int a, int b) where T : IBinaryInteger<T>
    {
        var order = remainders[a].CompareTo(remainders[b]);
        return order > 0 || (order == 0 && a < b);
    }
}
