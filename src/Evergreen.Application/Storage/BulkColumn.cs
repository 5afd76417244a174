using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Evergreen.Application.Storage;

/// <summary>How a bulk-written value is held.</summary>
public enum BulkKind
{
    Integer,
    BigInteger,
    Flag,
    Text,
    Day,
    Moment,
    Bytes,
}

/// <summary>One column of a bulk-written table: its name as mapped, and a compiled getter of its kind; the other getters are null.</summary>
public sealed class BulkColumn<T>
{
    public BulkColumn(IProperty property, string name)
    {
        Name = name;
        Property = property.Name;
        StoreType = property.GetColumnType();
        MaxLength = property.GetMaxLength();
        var type = Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType;
        if (type.IsEnum) type = Enum.GetUnderlyingType(type);
        var row = Expression.Parameter(typeof(T));
        var value = Expression.Property(row, property.PropertyInfo ?? throw new NotSupportedException($"{typeof(T).Name}.{property.Name} has no property to read."));
        if (type == typeof(int)) (Kind, Number) = (BulkKind.Integer, Getter<long?>());
        else if (type == typeof(long)) (Kind, Number) = (BulkKind.BigInteger, Getter<long?>());
        else if (type == typeof(bool)) (Kind, Flag) = (BulkKind.Flag, Getter<bool?>());
        else if (type == typeof(string)) (Kind, Text) = (BulkKind.Text, Getter<string?>());
        else if (type == typeof(DateOnly)) (Kind, Day) = (BulkKind.Day, Getter<DateOnly?>());
        else if (type == typeof(DateTime)) (Kind, Moment) = (BulkKind.Moment, Getter<DateTime?>());
        else if (type == typeof(byte[])) (Kind, Bytes) = (BulkKind.Bytes, Getter<byte[]?>());
        else throw new NotSupportedException($"{typeof(T).Name}.{property.Name} is a {type.Name}, which is not written in bulk.");

        Func<T, TValue> Getter<TValue>()
        {
            var plain = property.ClrType.IsEnum ? Expression.Convert(value, type)
                : Nullable.GetUnderlyingType(property.ClrType) is { IsEnum: true } ? Expression.Convert(value, typeof(Nullable<>).MakeGenericType(type)) : (Expression)value;
            return Expression.Lambda<Func<T, TValue>>(plain.Type == typeof(TValue) ? plain : Expression.Convert(plain, typeof(TValue)), row).Compile();
        }
    }

    public string Name { get; }
    public string Property { get; }
    public string StoreType { get; }
    public int? MaxLength { get; }
    public BulkKind Kind { get; }
    public Func<T, long?>? Number { get; }
    public Func<T, bool?>? Flag { get; }
    public Func<T, string?>? Text { get; }
    public Func<T, DateOnly?>? Day { get; }
    public Func<T, DateTime?>? Moment { get; }
    public Func<T, byte[]?>? Bytes { get; }
}
