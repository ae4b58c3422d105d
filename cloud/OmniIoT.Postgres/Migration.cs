using System.Globalization;
using System.Reflection;

namespace OmniIoT.Postgres;

/// <summary>One numbered step of a schema; a released step never changes.</summary>
internal sealed record Migration(int Version, string Sql)
{
    /// <summary>Reads the steps embedded in an assembly as <c>….Migrations.0001_name.sql</c>, in order.</summary>
    public static IReadOnlyList<Migration> Embedded(Assembly assembly)
    {
        const string folder = ".Migrations.";
        List<Migration> migrations = [];
        foreach (string name in assembly.GetManifestResourceNames())
        {
            int at = name.IndexOf(folder, StringComparison.Ordinal);
            if (at < 0)
                continue;
            int version = int.Parse(name.AsSpan(at + folder.Length, 4), CultureInfo.InvariantCulture);
            using StreamReader reader = new(assembly.GetManifestResourceStream(name)!);
            migrations.Add(new Migration(version, reader.ReadToEnd()));
        }
        return [.. migrations.OrderBy(migration => migration.Version)];
    }
}
