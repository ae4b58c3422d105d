using System.Globalization;

namespace OmniIoT.Edge.Hardware;

/// <summary>Reads the kernel's one-value files. A driver may answer a read with an I/O error: that is "no value", not a bug.</summary>
internal static class SysfsFile
{
    public static bool TryReadText(string path, out string text)
    {
        text = "";
        try
        {
            if (!File.Exists(path)) return false;
            text = File.ReadAllText(path).Trim();
            return true;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    public static bool TryReadNumber(string path, out double number)
    {
        number = 0;
        return TryReadText(path, out var text)
            && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number)
            && double.IsFinite(number);
    }

    /// <summary>Folders of a bus in the order of their names; none when the bus is not there.</summary>
    public static IReadOnlyList<string> Folders(string path, string pattern)
    {
        try
        {
            if (!Directory.Exists(path)) return [];
            var folders = Directory.GetDirectories(path, pattern);
            Array.Sort(folders, StringComparer.Ordinal);
            return folders;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    public static bool IsNamed(string folder, string? device) =>
        device is null || (TryReadText(Path.Combine(folder, "name"), out var name) && name == device);
}
