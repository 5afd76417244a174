namespace Evergreen.Application.Access;

/// <summary>How light the pages are.</summary>
public enum Theme
{
    /// <summary>As the system of the device has it.</summary>
    Auto,

    Light,

    Dark,
}
