namespace OmniIoT.TestKit;

/// <summary>Where the project lies, seen from a running test.</summary>
public static class Repository
{
    /// <summary>The folder of the solution file.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Recorded data beside the project; may be missing.</summary>
    public static string SharedData { get; } = Path.GetFullPath(Path.Combine(Root, "..", "shared", "data"));

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "OmniIoT.sln"))) return folder.FullName;
        }
        throw new InvalidOperationException($"No OmniIoT.sln above {AppContext.BaseDirectory}.");
    }
}
