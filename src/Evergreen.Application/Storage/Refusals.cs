using Evergreen.Domain.Arithmetic;

namespace Evergreen.Application.Storage;

/// <summary>Why no database is opened.</summary>
public static class Refusals
{
    public static Refusal NotAnAddress() => new("database-address", "That is not the address of a database. Write a file, postgres://user@host/name, postgresql:Host=…;Database=… or sqlserver:Server=…;Database=….");
}
