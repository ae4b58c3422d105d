using System.Collections.Concurrent;
using System.Globalization;

namespace OmniIoT.Edge.Hardware.Sysfs;

/// <summary>A tree of files that is nowhere. Safe for concurrent use.</summary>
internal sealed class SimulatedSysfs(TimeProvider time) : ISysfs
{
    private readonly ConcurrentDictionary<string, Func<string>> _files = new(StringComparer.Ordinal);

    public void Put(string path, string text) => _files[path] = () => text;

    /// <summary>A file whose number follows a course, in the kernel's unit.</summary>
    /// <param name="scale">What one of the kernel's units is worth.</param>
    public void Put(string path, Waveform wave, double scale) =>
        _files[path] = () => Math.Round(wave.At(time.GetUtcNow()) / scale).ToString(CultureInfo.InvariantCulture);

    public void Remove(string path) => _files.TryRemove(path, out _);

    public bool TryReadText(string path, out string text)
    {
        bool found = _files.TryGetValue(path, out Func<string>? file);
        text = found ? file!() : "";
        return found;
    }

    public IReadOnlyList<string> Folders(string parent, string beginning)
    {
        string prefix = $"{parent}/{beginning}";
        return
        [
            .. Folders().Where(folder => folder.StartsWith(prefix, StringComparison.Ordinal) && Path.GetDirectoryName(folder) == parent),
        ];
    }

    public IReadOnlyList<string> Files(string folder) =>
        [
            .. _files
                .Keys.Where(file => Path.GetDirectoryName(file) == folder)
                .Select(file => Path.GetFileName(file))
                .Order(StringComparer.Ordinal),
        ];

    private IEnumerable<string> Folders() =>
        _files.Keys.Select(file => Path.GetDirectoryName(file)!).Distinct().Order(StringComparer.Ordinal);
}
