namespace OmniIoT.Edge.Hardware.Sysfs;

/// <summary>Which of the kernel's devices and which of its channels are meant.</summary>
/// <param name="Folder">Null: found by the device's name.</param>
/// <param name="Device">Content of the device's file <c>name</c>; null for the first that has the channel.</param>
internal sealed record KernelPath(string? Folder, string? Device, string Channel)
{
    /// <summary>
    /// <c>device/channel</c> or <c>channel</c>, as <c>cpu_thermal/temp1</c>; or the absolute path of the channel's file.
    /// </summary>
    /// <param name="channelOf">The channel that a file belongs to.</param>
    public static KernelPath Parse(string? path, string standardChannel, Func<string, string> channelOf)
    {
        if (path is null)
            return new(null, null, standardChannel);
        if (Path.IsPathRooted(path))
            return new(Path.GetDirectoryName(path), null, channelOf(Path.GetFileName(path)));
        int slash = path.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? new(null, null, path) : new(null, path[..slash], path[(slash + 1)..]);
    }

    /// <summary>The folders to try, in their order.</summary>
    public IEnumerable<string> Candidates(ISysfs sysfs, string parent, string beginning) =>
        Folder is not null ? [Folder] : sysfs.Folders(parent, beginning).Where(folder => sysfs.IsNamed(folder, Device));
}
