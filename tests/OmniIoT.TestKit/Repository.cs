namespace OmniIoT.TestKit;

/// <summary>Where the project lies, seen from a running test.</summary>
public static class Repository
{
    /// <summary>The folder of the solution file.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Recorded data beside the project; may be missing.</summary>
    public static string SharedData { get; } = Path.GetFullPath(Path.Combine(Root, "..", "shared", "data"));

    /// <summary>A program of ours as it was built, in the configuration of the running test.</summary>
    public static string Program(string folder, string project) =>
        Path.Combine(
            Root,
            folder,
            project,
            "bin",
            AppContext.BaseDirectory.Contains(
                $"{Path.DirectorySeparatorChar}Release{Path.DirectorySeparatorChar}",
                StringComparison.Ordinal
            )
                ? "Release"
                : "Debug",
            "net10.0",
            project + ".dll"
        );

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "OmniIoT.sln")))
                return folder.FullName;
        }
        throw new InvalidOperationException($"No OmniIoT.sln above {AppContext.BaseDirectory}.");
    }
}
