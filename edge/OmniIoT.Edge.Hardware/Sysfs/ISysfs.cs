using System.Globalization;

namespace OmniIoT.Edge.Hardware.Sysfs;

/// <summary>The kernel's one-value files. Paths are below the place where sysfs is mounted, or absolute.</summary>
internal interface ISysfs
{
    /// <summary>False when the file is missing or its driver refuses: that is "no value", not a bug.</summary>
    bool TryReadText(string path, out string text);

    /// <summary>Paths of the folders that begin so, in the order of their names; none when the parent is not there.</summary>
    IReadOnlyList<string> Folders(string parent, string beginning);

    /// <summary>Names of the files in a folder, in their order.</summary>
    IReadOnlyList<string> Files(string folder);

    bool TryReadNumber(string path, out double number)
    {
        number = 0;
        return TryReadText(path, out string? text)
            && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number)
            && double.IsFinite(number);
    }

    /// <summary>The device's file <c>name</c> says so: numbers of devices change from boot to boot, names do not.</summary>
    bool IsNamed(string folder, string? device) =>
        device is null || (TryReadText(Path.Combine(folder, "name"), out string? name) && name == device);
}
