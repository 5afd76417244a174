using System.Globalization;

namespace Evergreen.Application.Imports;

/// <summary>Why a well-shaped row cannot go into the books as they stand.</summary>
internal static class BookFaults
{
    public static Fault YearClosed(int year) => new("year-closed", $"a date in an open year: the books of {year.ToString(CultureInfo.InvariantCulture)} are closed",
        "Give the row a date in an open year; what belongs to a closed year is corrected in the year in which it is found.");

    /// <param name="there">What is in the books under this id.</param>
    public static Fault OtherContent(string there) => new("content-differs", $"the row that is in the books under this id: {there}",
        "A source id stands for one row for ever. Send a correction as a new row with a source id of its own.");

    /// <param name="profile">The form of the other file.</param>
    public static Fault ToldByOtherFile(string profile, int import, string? store)
    {
        var number = import.ToString(CultureInfo.InvariantCulture);
        return new("day-in-other-file", $"a day{(store is null ? "" : $" of {store}")} that did not come with the other file: import {number} ({profile}) has it, and each sale would count twice",
            $"Take one of the two files for this day: leave its rows out of this one, or withdraw import {number} first.");
    }

    public static readonly Fault TwiceInFile = new("member-twice", "each member number once in the file", "Join the rows of this member into one.");
}
