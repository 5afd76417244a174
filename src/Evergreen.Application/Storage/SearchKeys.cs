using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Storage;

/// <summary>Gives members who were stored before there was a search the key by which they are found. It follows from the rest of the record.</summary>
public static class SearchKeys
{
    private const int Batch = 1_000;

    /// <returns>How many were without.</returns>
    public static int Fill(EvergreenDb db)
    {
        for (var filled = 0; ;)
        {
            var some = db.Members.Where(member => member.SearchKey == "").OrderBy(member => member.Id).Take(Batch).ToList();
            if (some.Count == 0) return filled;
            foreach (var member in some) db.Entry(member).Property(one => one.SearchKey).IsModified = true;
            db.SaveChanges();
            db.ChangeTracker.Clear();
            filled += some.Count;
        }
    }
}
