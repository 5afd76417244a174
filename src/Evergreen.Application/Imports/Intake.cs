namespace Evergreen.Application.Imports;

/// <summary>What one kind of file does with its rows: decides each, and writes the good ones.</summary>
internal abstract class Intake
{
    /// <summary>Reads every row to the end of the file. Called a second time, for the decisions only, where <see cref="MustLookAgain"/> says so.</summary>
    public abstract void Take(CanonicalRows rows);

    /// <summary>Some rows turned out to be other than they were reported, once the database was asked.</summary>
    public virtual bool MustLookAgain => false;

    /// <summary>Writes what can only be written once all rows are known. Not called where the file is kept out.</summary>
    public virtual void Complete() { }
}
