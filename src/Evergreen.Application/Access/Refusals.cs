using Evergreen.Domain.Arithmetic;

namespace Evergreen.Application.Access;

/// <summary>Why secrets are neither written nor read.</summary>
public static class Refusals
{
    public static Refusal KeysNowhere() =>
        new("keys-nowhere", $"Tax and bank numbers are encrypted with a key that is kept outside the database. Say in which file: set {KeyFile.Variable} to its path; it is created if it is not there.");

    public static Refusal KeysLost(string path) =>
        new("keys-lost", $"The books hold encrypted numbers, but their key file '{path}' is not there. Put it back from its backup; a new key would leave the old numbers unreadable.");

    public static Refusal KeysExposed(string path) => new("keys-exposed", $"Others on this machine may read the key file '{path}'. Close it to them (chmod 600) and see who has read it.");

    public static Refusal KeysDamaged(string path) => new("keys-damaged", $"The key file '{path}' is damaged. Put it back from its backup.");
}
