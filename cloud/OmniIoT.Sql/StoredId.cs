using OmniIoT.Domain;

namespace OmniIoT.Sql;

/// <summary>Ids of grains and principals as columns hold them.</summary>
internal static class StoredId
{
    /// <exception cref="InvalidDataException">The text names none.</exception>
    public static EntityId Parse(string text) => EntityId.TryParse(text) ?? throw new InvalidDataException($"{text} names no grain.");
}
