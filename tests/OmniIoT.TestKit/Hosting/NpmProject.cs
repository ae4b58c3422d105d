using System.Collections.Concurrent;

namespace OmniIoT.TestKit.Hosting;

/// <summary>
/// A folder with a <c>package-lock.json</c>, whose packages are installed at first use exactly as the file names them. A test that
/// needs one is skipped where Node.js is missing.
/// </summary>
public static class NpmProject
{
    /// <summary>Packages are fetched over the network.</summary>
    private static readonly TimeSpan InstallPatience = TimeSpan.FromMinutes(5);

    private static readonly ConcurrentDictionary<string, Lazy<Task>> Installed = new(StringComparer.Ordinal);

    /// <summary>Starts a script of the project; arguments follow its name.</summary>
    public static async Task<LineProcess> StartAsync(string folder, params string[] scriptAndArguments)
    {
        string node = InstalledProgram.Require("node");
        await InstallAsync(folder);
        return LineProcess.Start(node, [Path.Combine(folder, scriptAndArguments[0]), .. scriptAndArguments[1..]]);
    }

    /// <summary>Installs the project's packages unless they are there.</summary>
    public static Task InstallAsync(string folder)
    {
        string npm = InstalledProgram.Require("npm");
        return Installed.GetOrAdd(folder, _ => new Lazy<Task>(() => InstallAsync(npm, folder))).Value;
    }

    private static async Task InstallAsync(string npm, string folder)
    {
        FileInfo done = new(Path.Combine(folder, "node_modules", ".package-lock.json"));
        if (done.Exists && done.LastWriteTimeUtc >= File.GetLastWriteTimeUtc(Path.Combine(folder, "package-lock.json")))
            return;
        await using LineProcess install = LineProcess.Start(npm, ["ci", "--prefix", folder, "--ignore-scripts", "--no-audit", "--no-fund"]);
        int exitCode = await install.ExitAsync("npm ci in " + folder, InstallPatience);
        if (exitCode != 0)
            throw new InvalidOperationException($"npm ci in {folder} ended with {exitCode}:\n{string.Join('\n', install.Lines)}");
    }
}
