namespace OmniIoT.Edge.Hardware.Sysfs;

/// <param name="root">Where sysfs is mounted, as <c>/sys</c>.</param>
internal sealed class KernelSysfs(string root) : ISysfs
{
    public bool TryReadText(string path, out string text)
    {
        text = "";
        try
        {
            string file = Path.Combine(root, path);
            if (!File.Exists(file))
                return false;
            text = File.ReadAllText(file).Trim();
            return true;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    public IReadOnlyList<string> Folders(string parent, string beginning) =>
        List(parent, folder => Directory.GetDirectories(folder, beginning + "*"));

    public IReadOnlyList<string> Files(string folder) => [.. List(folder, Directory.GetFiles).Select(file => Path.GetFileName(file))];

    private string[] List(string folder, Func<string, string[]> list)
    {
        try
        {
            string path = Path.Combine(root, folder);
            if (!Directory.Exists(path))
                return [];
            string[] entries = list(path);
            Array.Sort(entries, StringComparer.Ordinal);
            return entries;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
