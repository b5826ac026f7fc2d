import CrossIcon from '@lucide/svelte/icons/cross';
import Hospital from '@lucide/svelte/icons/hospital';
import HousePlus from '@lucide/svelte/icons/house-plus';
import type { Component } from 'svelte';

type Icon = Component<{ size?: number; strokeWidth?: number }>;
/** Symbols of facilities by their class, on the map and in its legend. */
export const placeIcons: Readonly<Record<string, Icon>> = { hospital: Hospital, 'ward-health-station': HousePlus };
/** What the list does not know. */
export const otherPlace: Icon = CrossIcon;

/** Name of the symbol of a class of facilities. */
export const placeIcon = (kind: string): string => (Object.hasOwn(placeIcons, kind) ? kind : 'other');
